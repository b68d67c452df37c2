package qoa.core.evaluate;

import java.util.concurrent.atomic.AtomicReferenceArray;
import qoa.core.model.Promise;

/**
 * A cache of the promises read last, with the values that they were read from. An evaluator answers
 * with the same objects for a promise each time; only the observed value and the message are new.
 * So the promise is not read again if all other objects are the same.
 *
 * <p>It has a fixed size; a promise replaces another one at the same place. Any number of threads
 * may use it.
 *
 * @param <V> what the evaluator has values in; immutable
 */
final class LatestPromises<V> {

  private static final int PLACES = 256;

  private record Made<V>(V[] values, Promise promise) {}

  private final AtomicReferenceArray<Made<V>> places = new AtomicReferenceArray<>(PLACES);

  /**
   * The promise that was read from the same objects, whatever {@code observed} and {@code message}
   * are; null where none is known.
   *
   * @param values a member's, in the order of the keys
   */
  Promise find(V[] values) {
    Made<V> made = places.get(place(values));
    return made != null && isMadeOf(made.values, values) ? made.promise : null;
  }

  /** Remembers the values that a promise was read from. */
  void put(V[] values, Promise promise) {
    places.set(place(values), new Made<>(values, promise));
  }

  private int place(V[] values) {
    return System.identityHashCode(values[Answers.Key.CONSTRAINT.place()]) & (PLACES - 1);
  }

  @SuppressWarnings("ReferenceEquality") // the same objects have the same content
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
