package qoa.engine.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The strings that stood in texts before, so that the few names that a service uses are built once.
 * A bounded memory: a new name takes the place of one that may come back. Not safe for several
 * threads.
 */
final class Symbols {

  private static final int SLOT_BITS = 12;
  private static final int LONGEST = 64;

  private final byte[][] texts = new byte[1 << SLOT_BITS][];
  private final String[] strings = new String[1 << SLOT_BITS];
  private final JsonFactory json = new JsonFactory();

  /** What a string in a text says. */
  String of(JsonString found, byte[] text) throws IOException {
    int slot = (int) (found.hash >>> (Long.SIZE - SLOT_BITS));
    byte[] known = texts[slot];
    if (known != null && Arrays.equals(known, 0, known.length, text, found.start, found.end)) {
      return strings[slot];
    }
    String string = build(found, text);
    if (found.end - found.start <= LONGEST) {
      texts[slot] = Arrays.copyOfRange(text, found.start, found.end);
      strings[slot] = string;
    }
    return string;
  }

  private String build(JsonString found, byte[] text) throws IOException {
    int size = found.end - found.start;
    if (!found.escaped) {
      return new String(text, found.start, size, StandardCharsets.UTF_8);
    }
    try (JsonParser quoted = json.createParser(text, found.start - 1, size + 2)) {
      quoted.nextToken();
      return quoted.getText();
    }
  }
}
