package qoa.core.windows;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far event time would have come, and when that was, counted in words of sources: it counts
 * once enough of them came later. Not safe for several threads.
 */
final class Unconfirmed {

  /** More are not kept: the newest waits instead of being told apart from the one before it. */
  private static final int MOST = 64;

  private record Candidate(long value, long words) {}

  private final Deque<Candidate> candidates = new ArrayDeque<>(2);

  /** Takes note that event time would be {@code value}; what was more before is taken back. */
  void add(long value, long words) {
    while (!candidates.isEmpty() && candidates.getLast().value() > value) {
      candidates.removeLast();
    }
    Candidate last = candidates.peekLast();
    if (last != null && last.value() == value) {
      return;
    }
    if (last != null && (last.words() == words || candidates.size() == MOST)) {
      candidates.removeLast();
    }
    candidates.addLast(new Candidate(value, words));
  }

  /** As {@link #take}, and keeps it. */
  long latest(long words) {
    long value = Long.MIN_VALUE;
    for (Candidate candidate : candidates) {
      if (candidate.words() >= words) {
        break;
      }
      value = candidate.value();
    }
    return value;
  }

  /** The latest that was so before this many words; {@link Long#MIN_VALUE} for none. */
  long take(long words) {
    long value = Long.MIN_VALUE;
    while (!candidates.isEmpty() && candidates.getFirst().words() < words) {
      value = candidates.removeFirst().value();
    }
    return value;
  }
}
