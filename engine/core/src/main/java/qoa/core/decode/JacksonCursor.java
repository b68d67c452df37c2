package qoa.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.ReportBounds;

/**
 * A cursor over Jackson's parser. It finds every fault and states what and where it is. Not
 * thread-safe.
 */
final class JacksonCursor implements JsonCursor {

  private static final int FEW_FIELDS = 24;

  private static final int NAMES = 64;
  private static final int FRAMES = 16;

  /** A double can hold every integer of at most this many digits, rounded. */
  private static final int MODEST = 300;

  private JsonParser parser;
  private String[] names = new String[NAMES];
  private int nameCount;
  private int[] frameStarts = new int[FRAMES];
  private Set<?>[] largeFrames = new Set<?>[FRAMES];
  private int depth;

  /** Starts on another text. It keeps nothing of the previous one, which may have been large. */
  void reset(JsonParser json) {
    parser = json;
    if (names.length > NAMES || largeFrames.length > FRAMES) {
      names = new String[NAMES];
      frameStarts = new int[FRAMES];
      largeFrames = new Set<?>[FRAMES];
    }
    Arrays.fill(names, null);
    Arrays.fill(largeFrames, null);
    nameCount = 0;
    depth = 0;
  }

  @Override
  public JsonToken next() throws IOException {
    return parser.nextToken();
  }

  @Override
  public JsonToken token() {
    return parser.currentToken();
  }

  @Override
  public boolean enterObject(String what) throws UndecodableException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    if (token != JsonToken.START_OBJECT) {
      throw wrongType(what + " must be an object");
    }
    push();
    return true;
  }

  @Override
  public boolean enterArray(String what) throws UndecodableException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    if (token != JsonToken.START_ARRAY) {
      throw wrongType(what + " must be an array");
    }
    return true;
  }

  @Override
  public boolean nextElement() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  @Override
  public String nextField() throws IOException, UndecodableException {
    String name = parser.nextFieldName();
    if (name == null) {
      pop();
      return null;
    }
    remember(whole(name));
    parser.nextToken();
    return name;
  }

  @Override
  public String nextName(String what) throws IOException, UndecodableException {
    String name = parser.nextFieldName();
    if (name == null) {
      pop();
      return null;
    }
    remember(bounded(what, whole(name)));
    parser.nextToken();
    return name;
  }

  @Override
  public String text(String what) throws IOException, UndecodableException {
    return isText(what) ? bounded(what, whole(parser.getText())) : null;
  }

  private String bounded(String what, String name) throws UndecodableException {
    if (!ReportBounds.holdsName(name)) {
      throw fail(
          Reason.NAME_TOO_LONG,
          "%s has %d bytes in UTF-8; the limit is %d"
              .formatted(what, ReportBounds.utf8Bytes(name), ReportBounds.NAME_BYTES));
    }
    return name;
  }

  /** JSON can contain half of a surrogate pair, which is not a character. */
  private String whole(String name) throws UndecodableException {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        if (i + 1 == name.length()
            || !Character.isSurrogatePair(name.charAt(i), name.charAt(i + 1))) {
          throw fail(Reason.NOT_JSON, "half of a surrogate pair, which is not a character");
        }
        i++;
      }
    }
    return name;
  }

  @Override
  public boolean isText(String what) throws IOException, UndecodableException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    if (!token.isScalarValue() || token.isBoolean()) {
      throw wrongType(what + " must be a string");
    }
    if (token.isNumeric()) {
      finite();
    }
    return true;
  }

  @Override
  public String textOrSkip() throws IOException, UndecodableException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    skip();
    return null;
  }

  @Override
  public double number(String what) throws IOException, UndecodableException {
    if (!parser.currentToken().isNumeric()) {
      throw wrongType(what + " must be a number");
    }
    return finite();
  }

  @Override
  public double finite() throws IOException, UndecodableException {
    double value = parser.getDoubleValue();
    if (isSuspect(value) && !ReportBounds.holdsNumber(parser.getText(), value)) {
      throw fail(
          Reason.NUMBER_OUT_OF_RANGE,
          "a double cannot hold the number " + ShortText.of(parser.getText()));
    }
    return value;
  }

  private boolean isSuspect(double value) {
    return value == 0
        ? parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
        : Double.isInfinite(value);
  }

  @Override
  public void skip() throws IOException, UndecodableException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        push();
        while (nextField() != null) {
          skip();
        }
      }
      case START_ARRAY -> {
        while (nextElement()) {
          skip();
        }
      }
      case VALUE_NUMBER_FLOAT -> finite();
      case VALUE_NUMBER_INT -> {
        if (parser.getTextLength() > MODEST) {
          finite();
        }
      }
      default -> {}
    }
  }

  private UndecodableException wrongType(String message) {
    return fail(Reason.WRONG_TYPE, message + ", not " + kind(parser.currentToken()));
  }

  @Override
  public UndecodableException fail(Reason reason, String message) {
    String pointer = JsonPlace.of(parser.getParsingContext());
    return new UndecodableException(reason, pointer.isEmpty() ? message : pointer + ": " + message);
  }

  private void push() {
    if (depth == frameStarts.length) {
      frameStarts = Arrays.copyOf(frameStarts, depth * 2);
      largeFrames = Arrays.copyOf(largeFrames, depth * 2);
    }
    frameStarts[depth] = nameCount;
    largeFrames[depth] = null;
    depth++;
  }

  private void pop() {
    depth--;
    nameCount = frameStarts[depth];
    largeFrames[depth] = null;
  }

  private void remember(String name) throws UndecodableException {
    int start = frameStarts[depth - 1];
    if (nameCount - start >= FEW_FIELDS) {
      rememberInSet(name, start);
      return;
    }
    for (int i = start; i < nameCount; i++) {
      if (names[i].hashCode() == name.hashCode() && names[i].equals(name)) {
        throw duplicate(name);
      }
    }
    if (nameCount == names.length) {
      names = Arrays.copyOf(names, nameCount * 2);
    }
    names[nameCount++] = name;
  }

  @SuppressWarnings("unchecked") // it contains only sets of strings
  private void rememberInSet(String name, int start) throws UndecodableException {
    Set<String> frame = (Set<String>) largeFrames[depth - 1];
    if (frame == null) {
      frame = new HashSet<>(Arrays.asList(names).subList(start, nameCount));
      largeFrames[depth - 1] = frame;
    }
    if (!frame.add(name)) {
      throw duplicate(name);
    }
  }

  private UndecodableException duplicate(String name) {
    return fail(
        Reason.DUPLICATE_KEY, "the key \"" + ShortText.of(name) + "\" is twice in one object");
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> String.valueOf(token);
    };
  }
}
