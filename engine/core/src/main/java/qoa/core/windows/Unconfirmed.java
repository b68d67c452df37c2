package qoa.core.windows;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Values of event time that wait to be confirmed, each with the number of marks ({@link
 * Liveness#marks}) at which it was reached. A value counts once enough marks came later. Not safe
 * for several threads.
 */
final class Unconfirmed {

  /** How many values are kept; a further one replaces the newest. */
  private static final int MOST = 64;

  private record Candidate(long value, long marks) {}

  private final Deque<Candidate> candidates = new ArrayDeque<>(2);

  /** Adds a value; higher ones from before are withdrawn. */
  void add(long value, long marks) {
    while (!candidates.isEmpty() && candidates.getLast().value() > value) {
      candidates.removeLast();
    }
    Candidate last = candidates.peekLast();
    if (last != null && last.value() == value) {
      return;
    }
    if (last != null && (last.marks() == marks || candidates.size() == MOST)) {
      candidates.removeLast();
    }
    candidates.addLast(new Candidate(value, marks));
  }

  /** As {@link #take}, but keeps it. */
  long latest(long marks) {
    long value = Long.MIN_VALUE;
    for (Candidate candidate : candidates) {
      if (candidate.marks() >= marks) {
        break;
      }
      value = candidate.value();
    }
    return value;
  }

  /** The latest value of before this many marks; {@link Long#MIN_VALUE} for none. */
  long take(long marks) {
    long value = Long.MIN_VALUE;
    while (!candidates.isEmpty() && candidates.getFirst().marks() < marks) {
      value = candidates.removeFirst().value();
    }
    return value;
  }
}
