package qoa.rego.budget;

import java.time.Duration;

/**
 * What one evaluation may use, from its input to its answers. The same evaluation uses the same
 * steps and memory on each machine; these limits end nearly every evaluation that has to be ended.
 * The time is the last resort, for work that takes longer than its steps stand for.
 *
 * @param steps loop rounds, function calls, elements made, and work of builtins in proportion to
 *     its size
 * @param memory bytes of the values made, in use or not
 * @param time of the thread's processor, which is checked every few thousand steps; a pause of the
 *     machine does not count
 */
public record Limits(long steps, long memory, Duration time) {
  /**
   * 2,000,000 steps, about 0.1 s of work; 32 MiB; 5 s. A policy that compares a dozen values with
   * limits needs about a thousandth of the steps.
   */
  public static final Limits DEFAULT =
      new Limits(2_000_000, 32L * 1024 * 1024, Duration.ofSeconds(5));

  private static final int SHARE = 100;

  /** Checks that all are positive. */
  public Limits {
    if (steps <= 0) {
      throw new IllegalArgumentException("steps must be positive: " + steps);
    }
    if (memory <= 0) {
      throw new IllegalArgumentException("memory must be positive: " + memory);
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time must be positive: " + time);
    }
  }

  /** A hundredth of the steps and of the time, and the same memory. */
  public Limits reduced() {
    return new Limits(Math.max(1, steps / SHARE), memory, time.dividedBy(SHARE));
  }
}
