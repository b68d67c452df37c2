package qoa.core.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A copy of a text with zeros after it, at which every loop ends. Reused for each text; not
 * thread-safe.
 */
public final class PaddedText {

  /** Enough to read eight bytes from any index in the text. */
  private static final int PADDING = 8;

  /** The buffer of a longer text is not kept. */
  private static final int KEPT = 64 * 1024;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9e37_79b9_7f4a_7c15L;

  private final byte[] kept = new byte[KEPT];

  /** The text, and at least eight zeros. */
  byte[] bytes = kept;

  /** The length of the text, without the zeros. */
  int length;

  public void set(byte[] text) {
    length = text.length;
    bytes = length + PADDING <= KEPT ? kept : new byte[length + PADDING];
    System.arraycopy(text, 0, bytes, 0, length);
    Arrays.fill(bytes, length, length + PADDING, (byte) 0);
  }

  /** Eight bytes, the first of them in the lowest bits. */
  static long eight(byte[] padded, int at) {
    return (long) EIGHT.get(padded, at);
  }

  /** Adds eight bytes to a hash. Different values of eight bytes have different hashes. */
  static long mix(long hash, long eight) {
    long mixed = (hash ^ eight) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
