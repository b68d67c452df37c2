package qoa.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for conditions; tests never wait for time to pass. */
public final class Await {

  /** Long enough for a slow machine with much else to do. */
  public static final Duration LONG = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 20;

  private Await() {}

  /** Waits until something is so; fails, saying what was waited for, after two minutes. */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    until(() -> what, LONG, condition);
  }

  /**
   * Waits until something is so.
   *
   * @param what asked for when it is not so in time: it may tell how things are
   */
  public static void until(Supplier<String> what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() >= deadline) {
        throw new AssertionError("after " + limit.toSeconds() + " s still not: " + what.get());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
