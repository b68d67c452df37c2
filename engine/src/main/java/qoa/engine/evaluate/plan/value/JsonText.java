package qoa.engine.evaluate.plan.value;

import java.util.TreeMap;

/**
 * Prints values as compact JSON as OPA's {@code json.marshal} does: keys in order, sets as arrays,
 * {@code <}, {@code >} and {@code &} escaped.
 */
public final class JsonText {
  private JsonText() {}

  /** Compact JSON of {@code value}, which is not null. */
  public static String of(RegoValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** What an object's key is called in JSON: a string is itself, others their JSON text. */
  public static String keyOf(RegoValue key) {
    return key instanceof RegoString string ? string.value() : of(key);
  }

  private static void write(RegoValue value, StringBuilder out) {
    switch (value.type()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(((RegoBoolean) value).value());
      case NUMBER -> out.append(((RegoNumber) value).text());
      case STRING -> quote(((RegoString) value).value(), out);
      case ARRAY -> writeAll((RegoArray) value, out);
      case SET -> writeAll((RegoSet) value, out);
      case OBJECT -> writeObject((RegoObject) value, out);
    }
  }

  private static void writeAll(Iterable<RegoValue> elements, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (RegoValue element : elements) {
      out.append(separator);
      write(element, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void writeObject(RegoObject object, StringBuilder out) {
    out.append('{');
    TreeMap<String, RegoValue> byName = new TreeMap<>(RegoString::compare);
    object.forEach(e -> byName.put(keyOf(e.key()), e.value()));
    String separator = "";
    for (var entry : byName.entrySet()) {
      out.append(separator);
      quote(entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  /** Appends {@code text} as a JSON string, with the escapes of Go's encoder. */
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean escaped =
              c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
          if (escaped) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
