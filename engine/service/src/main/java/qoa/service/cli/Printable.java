package qoa.service.cli;

/**
 * Makes text from outside safe for a terminal: escapes control and format characters as JSON does.
 */
final class Printable {

  private Printable() {}

  /** The text on one line. */
  static String line(String text) {
    return shown(text, false);
  }

  /** The text with its line breaks and tabs. */
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
