package qoa.engine.ingest;

import java.util.Arrays;

/** A copy of a text with zeros behind it, where every loop ends. Reused from text to text. */
final class PaddedText {

  /** So that eight bytes can be read from any place in the text. */
  private static final int PADDING = 8;

  /** A buffer for a longer text is not kept. */
  private static final int KEPT = 64 * 1024;

  private final byte[] kept = new byte[KEPT];

  /** The text, and at least eight zeros. */
  byte[] bytes = kept;

  /** Of the text alone. */
  int length;

  void set(byte[] text) {
    length = text.length;
    bytes = length + PADDING <= KEPT ? kept : new byte[length + PADDING];
    System.arraycopy(text, 0, bytes, 0, length);
    Arrays.fill(bytes, length, length + PADDING, (byte) 0);
  }
}
