package qoa.core.settings;

import java.time.Duration;

/**
 * The limits of one evaluation with the evaluator {@code plan}. An evaluation that exceeds one
 * fails.
 *
 * @param steps loop rounds, function calls and created elements
 * @param memory bytes allocated, whether they are still in use or not
 * @param time processor time of the thread; the last resort
 */
public record EvaluationConfig(int steps, long memory, Duration time) {

  private static final long MIB = 1024 * 1024;

  public EvaluationConfig {
    new Checks()
        .that("evaluation-steps", steps >= 10_000 && steps <= 1_000_000_000, "10000 to 1000000000")
        .that("evaluation-memory", memory >= MIB && memory <= 1024 * MIB, "1MiB to 1024MiB")
        .that(
            "evaluation-time",
            time.toMillis() >= 100 && time.compareTo(Duration.ofMinutes(5)) <= 0,
            "100ms to 5m")
        .done();
  }

  /** 2,000,000 steps, 32 MiB, 5 s. */
  public static EvaluationConfig defaults() {
    return new EvaluationConfig(2_000_000, 32 * MIB, Duration.ofSeconds(5));
  }
}
