package qoa.core.decode;

import java.util.Arrays;

/**
 * The places in a report where another report of its layout may hold something else: numbers, and
 * strings that nobody asked for. Filled by the cursor as it reads.
 */
final class Slots {

  /** A string whose text nobody asked for. */
  static final byte STRING = 0;

  /** A number that was passed over. */
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

  /** Where the number begins, or the string behind its quote. */
  int start(int slot) {
    return starts[slot];
  }

  /** Behind the number, or the string's closing quote. */
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

  /** The number added last is read: gives its slot. */
  int read() {
    kinds[size - 1] = NUMBER;
    return size - 1;
  }

  /** The text of what was added last is asked for, so that it belongs to the layout. */
  void fix() {
    size--;
  }
}
