package qoa.core.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.ReportBounds;

/**
 * A cursor over bytes, for reports as clients usually send them. It checks everything that {@link
 * JsonCursor} specifies, and creates each string only once. It does not explain what is wrong: it
 * declines every fault, and also constructs that are too rare for code of their own. Another cursor
 * must then read the text, and may find no fault. Not thread-safe.
 */
public final class ByteCursor implements JsonCursor {

  private static final int TRUE = 't' << 24 | 'r' << 16 | 'u' << 8 | 'e';
  private static final int ALSE = 'a' << 24 | 'l' << 16 | 's' << 8 | 'e';
  private static final int NULL = 'n' << 24 | 'u' << 16 | 'l' << 8 | 'l';

  private final int maxDepth;
  private final JsonString string = new JsonString();
  private final JsonNumber number = new JsonNumber();
  private final FieldNames fields = new FieldNames();
  private final Symbols symbols = new Symbols();

  private byte[] text = {};
  private int length;
  private int at;
  private int depth;
  private JsonToken token;
  private Slots slots;

  /**
   * @param maxDepth limit of the nesting depth of objects and arrays
   */
  public ByteCursor(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /** Starts on another text. */
  public void reset(PaddedText padded) {
    record(padded, null);
  }

  /**
   * Starts on another text and records its slots. Each number is returned as the index of its slot,
   * so that the caller can see where it is used.
   */
  void record(PaddedText padded, Slots found) {
    text = padded.bytes;
    length = padded.length;
    slots = found;
    at = 0;
    depth = 0;
    fields.clear();
  }

  @Override
  public JsonToken next() throws UndecodableException {
    byte first = significant();
    if (first == 0 && at > length) {
      return null;
    }
    value(first);
    return token;
  }

  @Override
  public JsonToken token() {
    return token;
  }

  @Override
  public boolean enterObject(String what) throws UndecodableException {
    if (token == JsonToken.START_OBJECT) {
      fields.enter();
      return true;
    }
    return isNullOrDeclined();
  }

  @Override
  public boolean enterArray(String what) throws UndecodableException {
    return token == JsonToken.START_ARRAY || isNullOrDeclined();
  }

  private boolean isNullOrDeclined() throws UndecodableException {
    if (token != JsonToken.VALUE_NULL) {
      throw declined();
    }
    return false;
  }

  @Override
  public boolean nextElement() throws UndecodableException {
    boolean any = token != JsonToken.START_ARRAY;
    byte next = significant();
    if (next == ']') {
      depth--;
      token = JsonToken.END_ARRAY;
      return false;
    }
    value(any ? behindComma(next) : next);
    return true;
  }

  @Override
  public String nextField() throws IOException, UndecodableException {
    if (!nextKey()) {
      return null;
    }
    String name = symbols.of(string, text);
    valueOfKey();
    return name;
  }

  @Override
  public String nextName(String what) throws IOException, UndecodableException {
    if (!nextKey()) {
      return null;
    }
    checkName();
    String name = symbols.of(string, text);
    valueOfKey();
    return name;
  }

  private void checkName() throws UndecodableException {
    if (string.end - string.start > ReportBounds.NAME_BYTES) {
      throw declined();
    }
  }

  private boolean nextKey() throws UndecodableException {
    boolean any = token != JsonToken.START_OBJECT;
    byte next = significant();
    if (next == '}') {
      depth--;
      fields.leave();
      token = JsonToken.END_OBJECT;
      return false;
    }
    if ((any ? behindComma(next) : next) != '"') {
      throw declined();
    }
    readString();
    if (string.escaped || !fields.add(string.hash)) {
      throw declined(); // with escapes, the same key can be written in two ways
    }
    return true;
  }

  private void valueOfKey() throws UndecodableException {
    if (significant() != ':') {
      throw declined();
    }
    value(significant());
  }

  private byte behindComma(byte comma) throws UndecodableException {
    if (comma != ',') {
      throw declined();
    }
    return significant();
  }

  /** Moves behind the next byte that is not white space, and returns that byte. */
  private byte significant() {
    byte next = text[at++];
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      next = text[at++];
    }
    return next;
  }

  private void value(byte first) throws UndecodableException {
    switch (first) {
      case '"' -> {
        readString();
        token = JsonToken.VALUE_STRING;
        found(Slots.STRING, string.start, at);
      }
      case '{' -> open(JsonToken.START_OBJECT);
      case '[' -> open(JsonToken.START_ARRAY);
      case 'n' -> literal(JsonToken.VALUE_NULL, NULL, at - 1);
      case 't' -> literal(JsonToken.VALUE_TRUE, TRUE, at - 1);
      case 'f' -> literal(JsonToken.VALUE_FALSE, ALSE, at);
      default -> readNumber();
    }
  }

  private void readString() throws UndecodableException {
    at = string.read(text, at);
    if (at < 0) {
      throw declined();
    }
  }

  private void readNumber() throws UndecodableException {
    if (!number.read(text, at - 1)) {
      throw declined();
    }
    at = number.end;
    token = number.integer ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    found(Slots.UNREAD_NUMBER, number.start, at);
  }

  private void found(byte kind, int start, int end) {
    if (slots != null) {
      slots.add(kind, start, end);
    }
  }

  private void open(JsonToken start) throws UndecodableException {
    if (++depth > maxDepth) {
      throw declined();
    }
    token = start;
  }

  private void literal(JsonToken value, int letters, int from) throws UndecodableException {
    int found = text[from] << 24 | text[from + 1] << 16 | text[from + 2] << 8 | text[from + 3];
    if (found != letters) {
      throw declined();
    }
    at = from + 4;
    token = value;
  }

  @Override
  public String text(String what) throws IOException, UndecodableException {
    if (!isText(what)) {
      return null;
    }
    if (token == JsonToken.VALUE_STRING) {
      if (string.escaped) {
        throw declined();
      }
      checkName();
    }
    if (slots != null) {
      slots.fix();
    }
    return token == JsonToken.VALUE_STRING
        ? symbols.of(string, text)
        : new String(text, number.start, number.end - number.start, US_ASCII);
  }

  @Override
  public boolean isText(String what) throws UndecodableException {
    return switch (token) {
      case VALUE_STRING -> true;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        checkNumber();
        yield true;
      }
      default -> isNullOrDeclined();
    };
  }

  @Override
  public String textOrSkip() throws IOException, UndecodableException {
    if (token == JsonToken.VALUE_STRING) {
      return text("it");
    }
    skip();
    return null;
  }

  @Override
  public double number(String what) throws UndecodableException {
    if (!token.isNumeric()) {
      throw declined();
    }
    return finite();
  }

  @Override
  public double finite() throws UndecodableException {
    double value = number.value(text);
    if (!number.isHeld(value)) {
      throw declined();
    }
    return slots == null ? value : slots.read();
  }

  @Override
  public void skip() throws UndecodableException {
    switch (token) {
      case START_OBJECT -> {
        fields.enter();
        while (nextKey()) {
          valueOfKey();
          skip();
        }
      }
      case START_ARRAY -> {
        while (nextElement()) {
          skip();
        }
      }
      case VALUE_NUMBER_FLOAT -> checkNumber();
      default -> {}
    }
  }

  private void checkNumber() throws UndecodableException {
    if (!number.isModest() && !number.isHeld(number.value(text))) {
      throw declined();
    }
  }

  @Override
  public UndecodableException fail(Reason reason, String message) {
    return declined();
  }

  private static UndecodableException declined() {
    return new UndecodableException(Reason.NOT_JSON, "declined by the fast cursor");
  }
}
