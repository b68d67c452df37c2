package qoa.engine.evaluate.plan;

import java.time.Duration;

/**
 * What one evaluation may use.
 *
 * @param steps loop rounds, function calls, elements made, and work of builtins in proportion to
 *     its size
 * @param time wall-clock time, looked at every few thousand steps
 */
public record Limits(long steps, Duration time) {
  /**
   * A thousand times what the policy that ships needs for a contract of 12 constraints, and over
   * before those who wait for other contracts' events notice.
   */
  public static final Limits DEFAULT = new Limits(2_000_000, Duration.ofMillis(500));

  /** Checks that both are positive. */
  public Limits {
    if (steps <= 0) {
      throw new IllegalArgumentException("steps must be positive: " + steps);
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time must be positive: " + time);
    }
  }

  /** These limits, or this time where it is shorter. */
  public Limits within(Duration longest) {
    return longest.compareTo(time) < 0 ? new Limits(steps, longest) : this;
  }
}
