package qoa.core.lifecycle;

import qoa.core.contracts.Schedule.Damping;
import qoa.core.model.Verdict;

/**
 * The state of one promise, from window to window. Immutable; {@link #after} is a plain function.
 *
 * <table>
 * <caption>Rules for one window; damping is 1 and 1 unless the contract sets more</caption>
 * <tr><th>verdict</th><th>not open</th><th>open</th></tr>
 * <tr><td>violated</td><td>{@code opened} in the {@code open_after}-th violated window in a row,
 * since the first of them; before that no event</td><td>{@code continued}</td></tr>
 * <tr><td>undetermined</td><td>{@code undetermined}; the count of windows in a row stays</td><td>the
 * same; stays open</td></tr>
 * <tr><td>met</td><td>no event; the count of violated windows restarts</td><td>{@code resolved} in the
 * {@code resolve_after}-th met window in a row; before that no event</td></tr>
 * </table>
 *
 * @param open whether a violation lasts
 * @param streak violated windows in a row where none is open, met windows in a row where one is
 * @param since start of the first violated window, in milliseconds since the epoch; 0 where there
 *     is none
 * @param violated the last violated verdict; null where there is none
 */
record PromiseState(boolean open, int streak, long since, Verdict violated) {

  /** The promise is kept: there is nothing to remember. */
  static final PromiseState KEPT = new PromiseState(false, 0, 0, null);

  /** The result of a window: the state after it, and its event; null for none. */
  record Step(PromiseState state, Event.Type event) {}

  /**
   * Applies one window.
   *
   * @param verdict the worst verdict about the promise
   * @param start of the window, in milliseconds since the epoch
   */
  Step after(Verdict verdict, long start, Damping damping) {
    return switch (verdict.kind()) {
      case UNDETERMINED -> new Step(this, Event.Type.UNDETERMINED);
      case VIOLATED -> violated(verdict, start, damping);
      case MET -> met(damping);
    };
  }

  private Step violated(Verdict verdict, long start, Damping damping) {
    if (open) {
      return new Step(new PromiseState(true, 0, since, verdict), Event.Type.CONTINUED);
    }
    long first = streak == 0 ? start : since;
    return streak + 1 >= damping.openAfter()
        ? new Step(new PromiseState(true, 0, first, verdict), Event.Type.OPENED)
        : new Step(new PromiseState(false, streak + 1, first, verdict), null);
  }

  /**
   * Applies a window in which the promise was met, or was not mentioned though there were reports.
   */
  Step met(Damping damping) {
    if (!open) {
      return new Step(KEPT, null);
    }
    return streak + 1 >= damping.resolveAfter()
        ? new Step(KEPT, Event.Type.RESOLVED)
        : new Step(new PromiseState(true, streak + 1, since, violated), null);
  }
}
