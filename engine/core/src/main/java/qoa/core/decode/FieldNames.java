package qoa.core.decode;

import java.util.Arrays;

/** The hashes of the keys that were read of each open object. Not thread-safe. */
final class FieldNames {

  /** The limit is small because all keys of an object are compared with each other. */
  private static final int MOST = 256;

  private long[] hashes = new long[2 * MOST];
  private int[] starts = new int[16];
  private int objects;
  private int size;

  void clear() {
    objects = 0;
    size = 0;
  }

  /** Starts an object inside the current one. */
  void enter() {
    if (objects == starts.length) {
      starts = Arrays.copyOf(starts, 2 * objects);
    }
    starts[objects++] = size;
  }

  /** Ends the current object. */
  void leave() {
    size = starts[--objects];
  }

  /**
   * Adds a key of the current object; false if the key may be a duplicate, or there are too many.
   */
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
