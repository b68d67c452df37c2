package qoa.engine.evaluate.plan.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON text into values and keeps the texts of numbers, as OPA does. */
public final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1000).build())
          .build();

  private JsonReader() {}

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
      RegoValue value = read(parser);
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

  /** Reads the value whose first token is the parser's current one. */
  public static RegoValue read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> RegoNull.NULL;
      case VALUE_TRUE -> RegoBoolean.TRUE;
      case VALUE_FALSE -> RegoBoolean.FALSE;
      case VALUE_STRING -> RegoString.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case START_ARRAY -> array(parser);
      case START_OBJECT -> object(parser);
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static RegoNumber number(JsonParser parser) throws IOException {
    try {
      return RegoNumber.parse(parser.getText());
    } catch (NumberFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static RegoArray array(JsonParser parser) throws IOException {
    RegoArray array = RegoArray.withCapacity(4);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.append(read(parser));
    }
    return array;
  }

  private static RegoObject object(JsonParser parser) throws IOException {
    RegoObject object = new TableObject(4);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      RegoString key = RegoString.of(parser.currentName());
      parser.nextToken();
      object.insert(key, read(parser));
    }
    return object;
  }
}
