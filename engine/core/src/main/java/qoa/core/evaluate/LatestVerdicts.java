package qoa.core.evaluate;

import java.util.concurrent.atomic.AtomicReferenceArray;
import qoa.core.model.Verdict;

/**
 * The verdicts made latest, with the values they were made of. An evaluator answers with the very
 * objects that a contract's promise is made of, again and again; only what was observed, and the
 * message about it, are new. So a verdict made of the same objects needs no second reading of them.
 *
 * <p>Of fixed size; what falls on the place of another promise replaces it. Any number of threads
 * may use it.
 *
 * @param <V> what the evaluator has values in; immutable
 */
final class LatestVerdicts<V> {

  private static final int PLACES = 256;

  private record Made<V>(V[] values, Verdict verdict) {}

  private final AtomicReferenceArray<Made<V>> places = new AtomicReferenceArray<>(PLACES);

  /**
   * A verdict that was made of the same objects, but for the keys {@code observed} and {@code
   * message}; null where none is known.
   *
   * @param values a member's, by the places of their keys
   */
  Verdict find(V[] values) {
    Made<V> made = places.get(place(values));
    return made != null && isMadeOf(made.values, values) ? made.verdict : null;
  }

  /** Takes note of what a verdict was made of. */
  void put(V[] values, Verdict verdict) {
    places.set(place(values), new Made<>(values, verdict));
  }

  private int place(V[] values) {
    return System.identityHashCode(values[Answers.Key.CONSTRAINT.place()]) & (PLACES - 1);
  }

  @SuppressWarnings("ReferenceEquality") // a cheap proof that nothing differs
  private boolean isMadeOf(V[] known, V[] values) {
    for (int i = 0; i < values.length; i++) {
      if (known[i] != values[i]
          && i != Answers.Key.OBSERVED.place()
          && i != Answers.Key.MESSAGE.place()) {
        return false;
      }
    }
    return true;
  }
}
