package qoa.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The strings that stood in texts before, so that the few names that a service uses are built once.
 * Bounded: a new name takes the place of one that may come back, and long ones are not kept, so
 * that all of them take less than 2 MiB, whatever senders choose. Not safe for several threads.
 */
final class Symbols {

  private static final int SLOT_BITS = 12;
  private static final int LONGEST = 64;

  private final byte[][] texts = new byte[1 << SLOT_BITS][];
  private final String[] strings = new String[1 << SLOT_BITS];

  /** What a string in a text says that has no escapes in it. */
  String of(JsonString found, byte[] text) {
    int slot = (int) (found.hash >>> (Long.SIZE - SLOT_BITS));
    byte[] known = texts[slot];
    if (known != null && Arrays.equals(known, 0, known.length, text, found.start, found.end)) {
      return strings[slot];
    }
    int size = found.end - found.start;
    String string = new String(text, found.start, size, StandardCharsets.UTF_8);
    if (size <= LONGEST) {
      texts[slot] = Arrays.copyOfRange(text, found.start, found.end);
      strings[slot] = string;
    }
    return string;
  }
}
