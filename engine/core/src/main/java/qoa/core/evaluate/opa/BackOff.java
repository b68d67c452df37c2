package qoa.core.evaluate.opa;

import java.time.Duration;
import java.util.function.LongSupplier;
import qoa.core.evaluate.EvaluatorUnavailableException;

/**
 * When an OPA that failed may be asked again: at once after the first failure, then after pauses
 * that double up to 5 s. Guarded by its owner.
 */
final class BackOff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final LongSupplier nanoClock;
  private EvaluatorUnavailableException last;
  private Duration pause = Duration.ZERO;
  private long failedAt;

  /**
   * @param nanoClock such as {@link System#nanoTime}
   */
  BackOff(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Passes where OPA may be asked now.
   *
   * @throws EvaluatorUnavailableException the last failure, where it is too early to ask again
   */
  void check() throws EvaluatorUnavailableException {
    if (last != null && nanoClock.getAsLong() - failedAt < pause.toNanos()) {
      throw new EvaluatorUnavailableException(last.getMessage(), last);
    }
  }

  /** OPA was asked and could not be used. */
  void failed(EvaluatorUnavailableException why) {
    pause = last == null ? Duration.ZERO : next();
    last = why;
    failedAt = nanoClock.getAsLong();
  }

  private Duration next() {
    Duration twice = pause.isZero() ? FIRST : pause.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }

  /** OPA did what it was asked. */
  void worked() {
    last = null;
    pause = Duration.ZERO;
  }

  /** Whether OPA failed when it was asked last. */
  boolean isFailing() {
    return last != null;
  }
}
