package qoa.core.decode;

import qoa.core.model.ReportBounds;

/**
 * Where in a record a value lies: the keys and indices that lead to it, joined by points. Keys are
 * joined once, not for each number below them, and a path becomes a string only where a number asks
 * for it. Reused from record to record; not safe for several threads.
 */
final class MetricPath {

  /** What {@link #enter} gives where the path was empty. */
  private static final int EMPTY = -1;

  /** A longer buffer is not kept. */
  private static final int KEPT = 4 * 1024;

  private String first;
  private StringBuilder joined = new StringBuilder();
  private boolean isJoined;

  /** Starts over. */
  void clear() {
    first = null;
    isJoined = false;
    if (joined.capacity() > KEPT) {
      joined = new StringBuilder();
    }
  }

  /**
   * Goes on to a key's value.
   *
   * @return what {@link #leave} takes to come back
   */
  int enter(String key) {
    int before = length();
    if (first == null) {
      first = key;
    } else {
      join().append(key);
    }
    return before;
  }

  /** Goes on to an element of an array; otherwise as {@link #enter(String)}. */
  int enter(int index) {
    int before = length();
    if (first == null) {
      first = Integer.toString(index);
    } else {
      join().append(index);
    }
    return before;
  }

  private StringBuilder join() {
    if (!isJoined) {
      joined.setLength(0);
      joined.append(first);
      isJoined = true;
    }
    return joined.append('.');
  }

  /** Comes back to where it was when that was entered. */
  void leave(int before) {
    if (before == EMPTY) {
      first = null;
      isJoined = false;
    } else if (isJoined) {
      joined.setLength(before);
    }
  }

  private int length() {
    return first == null ? EMPTY : isJoined ? joined.length() : first.length();
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Whether it is short enough to be part of a name; the empty path is. */
  boolean isName() {
    return first == null || ReportBounds.holdsName(isJoined ? joined : first);
  }

  /** All of it; null where it is empty. */
  String text() {
    return isJoined && joined.length() > first.length() ? joined.toString() : first;
  }

  /** The beginning of it, for messages. */
  String shown() {
    return ShortText.of(isJoined ? joined : first);
  }
}
