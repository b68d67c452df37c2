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

  /**
   * JSON of {@code value} over several lines.
   *
   * @param prefix begins every line but the first
   * @param indent is repeated for every level
   */
  public static String indented(RegoValue value, String prefix, String indent) {
    StringBuilder out = new StringBuilder();
    String compact = of(value);
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      if (quoted || c == '"') {
        quoted = c != '"' || !quoted;
        out.append(c);
        if (c == '\\') {
          out.append(compact.charAt(++i));
        }
        continue;
      }
      boolean empty = i + 1 < compact.length() && "]}".indexOf(compact.charAt(i + 1)) >= 0;
      switch (c) {
        case '[', '{' -> {
          out.append(c);
          if (empty) {
            out.append(compact.charAt(++i));
          } else {
            newLine(out, prefix, indent, ++depth);
          }
        }
        case ']', '}' -> {
          newLine(out, prefix, indent, --depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine(out, prefix, indent, depth);
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void newLine(StringBuilder out, String prefix, String indent, int depth) {
    out.append('\n').append(prefix).append(indent.repeat(depth));
  }

  /** What an object's key is called in JSON: a string is itself, others their JSON text. */
  public static String keyOf(RegoValue key) {
    return key instanceof RegoString string ? string.value() : of(key);
  }

  /**
   * A value may hold another more than once, and its text be far longer than the value is large.
   */
  private static void write(RegoValue value, StringBuilder out) {
    LimitException.requireText(out.length());
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
