package qoa.service.cli;

/**
 * Text that others wrote, made safe for a terminal: what would move its cursor, colour it, ring it
 * or turn its direction round is shown by its number, escaped as in JSON.
 */
final class Printable {

  private Printable() {}

  /** On one line. */
  static String line(String text) {
    return shown(text, false);
  }

  /** On as many lines as it has. */
  static String lines(String text) {
    return shown(text, true);
  }

  private static String shown(String text, boolean lines) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c) || (lines && (c == '\n' || c == '\t'))) {
                shown.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  shown.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return shown.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
