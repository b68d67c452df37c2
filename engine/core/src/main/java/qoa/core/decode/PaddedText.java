package qoa.core.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A copy of a text with zeros behind it, where every loop ends. Reused from text to text. */
public final class PaddedText {

  /** So that eight bytes can be read from any place in the text. */
  private static final int PADDING = 8;

  /** A buffer for a longer text is not kept. */
  private static final int KEPT = 64 * 1024;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9e37_79b9_7f4a_7c15L;

  private final byte[] kept = new byte[KEPT];

  /** The text, and at least eight zeros. */
  byte[] bytes = kept;

  /** Of the text alone. */
  int length;

  public void set(byte[] text) {
    length = text.length;
    bytes = length + PADDING <= KEPT ? kept : new byte[length + PADDING];
    System.arraycopy(text, 0, bytes, 0, length);
    Arrays.fill(bytes, length, length + PADDING, (byte) 0);
  }

  /** Eight bytes, the first of them the lowest. */
  static long eight(byte[] padded, int at) {
    return (long) EIGHT.get(padded, at);
  }

  /** A hash of eight more bytes. No two values of eight bytes alone have the same. */
  static long mix(long hash, long eight) {
    long mixed = (hash ^ eight) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
