package qoa.core.lifecycle;

import qoa.core.contracts.Schedule.Damping;
import qoa.core.model.Verdict;

/**
 * What is remembered of one promise from window to window. Immutable; {@link #after} is a plain
 * function.
 *
 * <table>
 * <caption>Rules for one window; damping is 1 and 1 unless the contract says more</caption>
 * <tr><th>the policy says</th><th>not open</th><th>open</th></tr>
 * <tr><td>violated</td><td>{@code opened} in the {@code open_after}-th violated window in a row,
 * since the first of them; before that no event</td><td>{@code continued}</td></tr>
 * <tr><td>undetermined</td><td>{@code undetermined}; windows in a row are counted on as if it had
 * not been</td><td>the same; stays open</td></tr>
 * <tr><td>met</td><td>no event; violated windows are counted anew</td><td>{@code resolved} in the
 * {@code resolve_after}-th met window in a row; before that no event</td></tr>
 * </table>
 *
 * @param open whether a violation lasts
 * @param streak violated windows in a row where none is open, met windows in a row where one is
 * @param since start of the first violated window, in milliseconds since the epoch; 0 where there
 *     is none
 * @param violated what was last said of the violation; null where there is none
 */
record PromiseState(boolean open, int streak, long since, Verdict violated) {

  /** Nothing to be remembered. */
  static final PromiseState KEPT = new PromiseState(false, 0, 0, null);

  /** What a window does: the state after it, and the event it brings; null for none. */
  record Step(PromiseState state, Event.Type event) {}

  /**
   * What one window does.
   *
   * @param said the worst that was said of the promise
   * @param start of the window, in milliseconds since the epoch
   */
  Step after(Verdict said, long start, Damping damping) {
    return switch (said.kind()) {
      case UNDETERMINED -> new Step(this, Event.Type.UNDETERMINED);
      case VIOLATED -> violated(said, start, damping);
      case MET -> met(damping);
    };
  }

  private Step violated(Verdict said, long start, Damping damping) {
    if (open) {
      return new Step(new PromiseState(true, 0, since, said), Event.Type.CONTINUED);
    }
    long first = streak == 0 ? start : since;
    return streak + 1 >= damping.openAfter()
        ? new Step(new PromiseState(true, 0, first, said), Event.Type.OPENED)
        : new Step(new PromiseState(false, streak + 1, first, said), null);
  }

  /** What a window does in which the promise was kept, or not mentioned though it was heard of. */
  Step met(Damping damping) {
    if (!open) {
      return new Step(KEPT, null);
    }
    return streak + 1 >= damping.resolveAfter()
        ? new Step(KEPT, Event.Type.RESOLVED)
        : new Step(new PromiseState(true, streak + 1, since, violated), null);
  }
}
