package qoa.engine.evaluate.plan.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads JSON text into values and keeps the texts of numbers, as OPA does. Keys and strings may be
 * as long as the text, numbers {@value #NUMBER_CHARACTERS} characters, and objects and arrays may
 * lie {@value #DEPTH} deep in one another. Nothing is kept of a text.
 */
public final class JsonReader {

  /** How deep objects and arrays may lie in one another. */
  public static final int DEPTH = 1_000;

  /** The characters of a number. */
  public static final int NUMBER_CHARACTERS = 1_000;

  private static final char REPLACEMENT = '\ufffd';

  /** Without its table of known keys: whoever chooses them would fill it, or make them collide. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxNumberLength(NUMBER_CHARACTERS)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;

  /** Whether strings may hold half a surrogate pair, which only an escape can write. */
  private final boolean halves;

  private JsonReader(JsonParser parser, boolean halves) {
    this.parser = parser;
    this.halves = halves;
  }

  /**
   * Reads one document.
   *
   * @throws IOException if {@code text} is no JSON document, or has anything after it
   */
  public static RegoValue read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IOException("no JSON document");
      }
      boolean halves = text.contains("\\ud") || text.contains("\\uD");
      RegoValue value = new JsonReader(parser, halves).value();
      if (parser.nextToken() != null) {
        throw new IOException("text after the JSON document");
      }
      return value;
    }
  }

  /**
   * Reads a document that was read before, and is known to be JSON.
   *
   * @throws UncheckedIOException if it is not
   */
  public static RegoValue known(String text) {
    try {
      return read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RegoValue value() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> RegoNull.NULL;
      case VALUE_TRUE -> RegoBoolean.TRUE;
      case VALUE_FALSE -> RegoBoolean.FALSE;
      case VALUE_STRING -> string(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case START_ARRAY -> array();
      case START_OBJECT -> object();
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private RegoString string(String text) {
    return RegoString.of(halves ? whole(text) : text);
  }

  /** With a replacement character in the place of each half of a surrogate pair, as Go has it. */
  private static String whole(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        whole = whole == null ? new StringBuilder(text) : whole;
        whole.setCharAt(i, REPLACEMENT);
      }
    }
    return whole == null ? text : whole.toString();
  }

  private RegoNumber number() throws IOException {
    try {
      return RegoNumber.parse(parser.getText());
    } catch (NumberFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private RegoArray array() throws IOException {
    RegoArray array = RegoArray.withCapacity(4);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.append(value());
    }
    return array;
  }

  private RegoObject object() throws IOException {
    RegoObject object = new TableObject(4);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      RegoString key = string(parser.currentName());
      parser.nextToken();
      object.insert(key, value());
    }
    return object;
  }
}
