package qoa.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The strings of earlier texts, so that the few names of a service are created once. They take less
 * than 2 MiB, whatever senders choose: a new name replaces another one, and long ones are not kept.
 * Not thread-safe.
 */
final class Symbols {

  private static final int SLOT_BITS = 12;
  private static final int LONGEST = 64;

  private final byte[][] texts = new byte[1 << SLOT_BITS][];
  private final String[] strings = new String[1 << SLOT_BITS];

  /** The text of a string without escapes. */
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
