package qoa.rego.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import qoa.rego.budget.Budget;

/**
 * Reads JSON text into values and keeps the texts of numbers, as OPA does. Keys and strings may be
 * as long as the text, numbers {@value #NUMBER_CHARACTERS} characters, and objects and arrays may
 * be nested {@value #DEPTH} deep. The reader keeps nothing of a text.
 */
public final class JsonReader {

  /** How deep objects and arrays may be nested. */
  public static final int DEPTH = 1_000;

  /** The characters of a number. */
  public static final int NUMBER_CHARACTERS = 1_000;

  private static final char REPLACEMENT = '\ufffd';

  /**
   * Without its table of known keys: senders choose keys, and could fill the table or make keys
   * collide.
   */
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

  /** Of a reader, and of a mistake. */
  private static final long BASE_STEPS = 16;

  private static final int CHARACTERS_PER_STEP = 8;

  /** Of texts that are read: keys, strings, and what the parser holds. */
  private static final int CHARACTER_BYTES = 4;

  private final JsonParser parser;

  /** Whether strings may hold half a surrogate pair, which only an escape can write. */
  private final boolean halves;

  private final Budget budget;

  private JsonReader(JsonParser parser, boolean halves, Budget budget) {
    this.parser = parser;
    this.halves = halves;
    this.budget = budget;
  }

  /**
   * Reads one document.
   *
   * @param budget pays for what is made
   * @throws IOException if {@code text} is not a JSON document, or has anything after it
   */
  public static RegoValue read(String text, Budget budget) throws IOException {
    budget.charge(BASE_STEPS + text.length() / CHARACTERS_PER_STEP);
    budget.reserve((long) text.length() * CHARACTER_BYTES);
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IOException("no JSON document");
      }
      boolean halves = text.contains("\\ud") || text.contains("\\uD");
      RegoValue value = new JsonReader(parser, halves, budget).value();
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
  public static RegoValue known(String text, Budget budget) {
    try {
      return read(text, budget);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the value whose first token is the parser's current one. */
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
      return RegoNumber.parse(parser.getText(), budget);
    } catch (NumberFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private RegoArray array() throws IOException {
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      return RegoArray.EMPTY;
    }
    budget.elements(1);
    RegoArray array = RegoArray.withCapacity(4);
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      budget.elements(1);
      array.append(value());
      parser.nextToken();
    }
    return array;
  }

  private RegoObject object() throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return RegoObject.empty();
    }
    budget.elements(2);
    RegoObject object = new TableObject(4);
    while (parser.currentToken() != JsonToken.END_OBJECT) {
      budget.elements(1);
      RegoString key = string(parser.currentName());
      parser.nextToken();
      object.insert(key, value());
      parser.nextToken();
    }
    return object;
  }
}
