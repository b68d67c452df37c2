package qoa.core.decode;

import java.util.Arrays;

/**
 * The parts of a report that may differ in another report of its layout: numbers, and strings that
 * no reader asked for. The cursor adds them while it reads. Not thread-safe.
 */
final class Slots {

  /** A string that no reader asked for. */
  static final byte STRING = 0;

  /** A number that was skipped. */
  static final byte UNREAD_NUMBER = 1;

  /** A number that was read. */
  static final byte NUMBER = 2;

  private int size;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private byte[] kinds = new byte[32];

  int size() {
    return size;
  }

  /** The first index of the number, or of the string after its quote. */
  int start(int slot) {
    return starts[slot];
  }

  /** The index after the number, or after the closing quote of the string. */
  int end(int slot) {
    return ends[slot];
  }

  byte kind(int slot) {
    return kinds[slot];
  }

  void add(byte kind, int start, int end) {
    if (size == kinds.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    kinds[size++] = kind;
  }

  /** Marks the last number as read, and returns its slot. */
  int read() {
    kinds[size - 1] = NUMBER;
    return size - 1;
  }

  /** Removes the last slot: a reader asked for its text, so it is a fixed part of the layout. */
  void fix() {
    size--;
  }
}
