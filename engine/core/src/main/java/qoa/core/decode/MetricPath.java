package qoa.core.decode;

import qoa.core.model.ReportBounds;

/**
 * The path of a value in a record: its keys and indices, joined by points. Keys are joined once,
 * not for each number below them, and a path becomes a string only if a number needs it. Reused for
 * each record; not thread-safe.
 */
final class MetricPath {

  /** The result of {@link #enter} if the path was empty. */
  private static final int EMPTY = -1;

  /** A longer buffer is not kept. */
  private static final int KEPT = 4 * 1024;

  private String first;
  private StringBuilder joined = new StringBuilder();
  private boolean isJoined;

  /** Empties the path. */
  void clear() {
    first = null;
    isJoined = false;
    if (joined.capacity() > KEPT) {
      joined = new StringBuilder();
    }
  }

  /**
   * Adds a key.
   *
   * @return the argument for {@link #leave}
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

  /** Adds the index of an element, like {@link #enter(String)}. */
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

  /** Removes what was added since {@link #enter} returned this value. */
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

  /** Whether it is empty, or short enough for a part of a name. */
  boolean isName() {
    return first == null || ReportBounds.holdsName(isJoined ? joined : first);
  }

  /** The whole path; null if it is empty. */
  String text() {
    return isJoined && joined.length() > first.length() ? joined.toString() : first;
  }

  /** The beginning of the path, for messages. */
  String shown() {
    return ShortText.of(isJoined ? joined : first);
  }
}
