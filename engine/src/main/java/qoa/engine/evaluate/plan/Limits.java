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
  /** Far more than any sensible policy needs, and over within a few seconds. */
  public static final Limits DEFAULT = new Limits(20_000_000, Duration.ofSeconds(5));

  /** Checks that both are positive. */
  public Limits {
    if (steps <= 0) {
      throw new IllegalArgumentException("steps must be positive: " + steps);
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time must be positive: " + time);
    }
  }
}
