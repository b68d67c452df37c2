package qoa.service.config;

import java.time.Duration;
import qoa.core.settings.Checks;

/**
 * The settings of the threads that read, evaluate and commit.
 *
 * @param threads the number of members that this engine has in the consumer group, one thread each;
 *     1 to 64
 * @param commitInterval how often a transaction is committed; 10 ms to 30 s
 * @param idleTimeout how long a partition or a sender may be silent before it no longer holds
 *     windows open; 10 ms to 1 day
 */
public record ProcessingConfig(int threads, Duration commitInterval, Duration idleTimeout) {

  private static final int MAX_THREADS = 64;

  public ProcessingConfig {
    new Checks()
        .that("threads", threads >= 1 && threads <= MAX_THREADS, "1 to " + MAX_THREADS)
        .that("commit-interval", isWithin(commitInterval, 10, 30_000), "10ms to 30s")
        .that("idle-timeout", isWithin(idleTimeout, 10, 86_400_000), "10ms to 1d")
        .done();
  }

  /** The defaults: one thread, 500 ms, 10 s. */
  public static ProcessingConfig defaults() {
    return new ProcessingConfig(1, Duration.ofMillis(500), Duration.ofSeconds(10));
  }

  private static boolean isWithin(Duration duration, long minMillis, long maxMillis) {
    return duration.toMillis() >= minMillis && duration.toMillis() <= maxMillis;
  }
}
