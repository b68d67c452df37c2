package qoa.rego.value;

import qoa.rego.budget.Budget;

/** Quotes strings as Go source does, which is how OPA prints strings inside terms. */
public final class GoQuote {
  private GoQuote() {}

  public static String quote(String text) {
    BoundedText out = new BoundedText(Budget.UNLIMITED);
    quote(text, out);
    return out.toString();
  }

  /** Appends {@code text} in quotes. */
  public static void quote(String text, BoundedText out) {
    out.append('"');
    text.codePoints().forEach(c -> escape(c, out));
    out.append('"');
  }

  private static void escape(int c, BoundedText out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7f) {
          out.append(String.format("\\x%02x", c));
        } else if (Character.isSurrogate((char) c) && c < 0x10000) {
          out.append("\\ufffd");
        } else {
          out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  /** Letters, marks, numbers, punctuation, symbols, and the plain space. */
  public static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
