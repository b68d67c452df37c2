package qoa.engine.evaluate.plan.value;

/** Prints values as Rego terms, as OPA's error messages, {@code sprintf} and templates do. */
final class TermText {
  private TermText() {}

  static String of(RegoValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
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
      case STRING -> GoQuote.quote(((RegoString) value).value(), out);
      case ARRAY -> writeAll((RegoArray) value, '[', ']', out);
      case OBJECT -> writeObject((RegoObject) value, out);
      case SET -> {
        RegoSet set = (RegoSet) value;
        if (set.size() == 0) {
          out.append("set()");
        } else {
          writeAll(set, '{', '}', out);
        }
      }
    }
  }

  private static void writeAll(
      Iterable<RegoValue> elements, char open, char close, StringBuilder out) {
    out.append(open);
    String separator = "";
    for (RegoValue element : elements) {
      out.append(separator);
      write(element, out);
      separator = ", ";
    }
    out.append(close);
  }

  private static void writeObject(RegoObject object, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (RegoObject.Entry entry : object) {
      out.append(separator);
      write(entry.key(), out);
      out.append(": ");
      write(entry.value(), out);
      separator = ", ";
    }
    out.append('}');
  }
}
