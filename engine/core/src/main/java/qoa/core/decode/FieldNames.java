package qoa.core.decode;

import java.util.Arrays;

/**
 * The keys seen so far in each of the objects that lie in one another, by their hashes. Not safe
 * for several threads.
 */
final class FieldNames {

  /** All keys of an object are compared with each other, so there must not be too many. */
  private static final int MOST = 256;

  private long[] hashes = new long[2 * MOST];
  private int[] starts = new int[16];
  private int objects;
  private int size;

  void clear() {
    objects = 0;
    size = 0;
  }

  /** Begins with an object inside the one begun last. */
  void enter() {
    if (objects == starts.length) {
      starts = Arrays.copyOf(starts, 2 * objects);
    }
    starts[objects++] = size;
  }

  /** Ends the object begun last. */
  void leave() {
    size = starts[--objects];
  }

  /** Takes a key of the object begun last; false where it may have stood there, or has many. */
  boolean add(long hash) {
    int start = starts[objects - 1];
    for (int i = start; i < size; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size++] = hash;
    return size - start <= MOST;
  }
}
