package qoa.rego.budget;

import java.time.Duration;

/**
 * What one evaluation may use, from its input to its verdicts. Steps and memory are the same
 * wherever and whenever an evaluation runs; they end nearly every one that has to be ended. The
 * time is the last resort, for work that costs more than the steps that it is charged.
 *
 * @param steps loop rounds, function calls, elements made, and work of builtins in proportion to
 *     its size
 * @param memory bytes of what is made, whether it is still in use or not
 * @param time of the thread's processor, looked at every few thousand steps; a machine that stands
 *     still is no policy's fault
 */
public record Limits(long steps, long memory, Duration time) {
  /**
   * Steps: a thousand times what the policy that ships needs for a contract of 12 constraints, and
   * over before those who wait for other contracts' events notice.
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
