package qoa.rego.value;

import java.util.HexFormat;
import java.util.TreeMap;
import qoa.rego.budget.Budget;

/**
 * Prints values as compact JSON as OPA's {@code json.marshal} does: keys in order, sets as arrays,
 * {@code <}, {@code >} and {@code &} escaped.
 */
public final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  /** Compact JSON of {@code value}, which is not null. */
  public static String of(RegoValue value, Budget budget) {
    BoundedText out = new BoundedText(budget);
    write(value, out);
    return out.toString();
  }

  /**
   * JSON of {@code value} over several lines.
   *
   * @param prefix begins every line but the first
   * @param indent is repeated for every level
   */
  public static String indented(RegoValue value, String prefix, String indent, Budget budget) {
    BoundedText out = new BoundedText(budget);
    String compact = of(value, budget);
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

  private static void newLine(BoundedText out, String prefix, String indent, int depth) {
    out.append('\n').append(prefix);
    for (int i = 0; i < depth; i++) {
      out.append(indent);
    }
  }

  /** The name of an object's key in JSON: a string is itself, other keys are their JSON text. */
  public static String keyOf(RegoValue key, Budget budget) {
    return key instanceof RegoString string ? string.value() : of(key, budget);
  }

  /** A number as OPA prints it. */
  static String number(RegoNumber number, Budget budget) {
    if (!number.isSmall()) {
      budget.charge(number.weight());
    }
    return number.text();
  }

  private static void write(RegoValue value, BoundedText out) {
    out.budget().charge(1);
    switch (value.type()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(((RegoBoolean) value).value() ? "true" : "false");
      case NUMBER -> out.append(number((RegoNumber) value, out.budget()));
      case STRING -> quote(((RegoString) value).value(), out);
      case ARRAY -> writeAll((RegoArray) value, out);
      case SET -> {
        Costs.order(out.budget(), value);
        writeAll((RegoSet) value, out);
      }
      case OBJECT -> writeObject((RegoObject) value, out);
    }
  }

  private static void writeAll(Iterable<RegoValue> elements, BoundedText out) {
    out.append('[');
    String separator = "";
    for (RegoValue element : elements) {
      out.append(separator);
      write(element, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void writeObject(RegoObject object, BoundedText out) {
    out.append('{');
    Budget budget = out.budget();
    Costs.order(budget, object);
    TreeMap<String, RegoValue> byName = new TreeMap<>(RegoString::compare);
    for (RegoObject.Entry entry : object) {
      byName.put(keyOf(entry.key(), budget), entry.value());
    }
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
  public static void quote(String text, BoundedText out) {
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
            out.append("\\u").append(HEX.toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
