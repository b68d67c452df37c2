package qoa.rego.builtins;

/**
 * A text to look for in others, in time that is linear in their length. {@link String#indexOf}
 * takes the product of both lengths for texts made for that. Knuth, Morris and Pratt's algorithm.
 */
final class Needle {
  /** Up to here the JDK's way is the faster one. */
  private static final int SHORT = 16;

  /** Characters looked at in one step. */
  private static final int PER_STEP = 4;

  private final String text;

  /** For each length, the longest proper beginning that is also an end; null where it is short. */
  private final int[] borders;

  /**
   * @param text not empty
   */
  Needle(BuiltinContext context, String text) {
    this.text = text;
    if (text.length() <= SHORT) {
      borders = null;
      return;
    }
    context.text(text.length());
    borders = new int[text.length() + 1];
    borders[0] = -1;
    for (int i = 0, border = -1; i < text.length(); ) {
      while (border >= 0 && text.charAt(i) != text.charAt(border)) {
        border = borders[border];
      }
      borders[++i] = ++border;
    }
  }

  int length() {
    return text.length();
  }

  /** Takes the steps for looking through all of a text once. */
  static void pay(BuiltinContext context, String hay) {
    context.charge(1 + hay.length() / PER_STEP);
  }

  /** Where it stands in {@code hay} at or after {@code from}, or -1; see {@link #pay}. */
  int indexIn(String hay, int from) {
    if (borders == null) {
      return hay.indexOf(text, from);
    }
    int matched = 0;
    for (int i = from; i < hay.length(); i++) {
      while (matched >= 0 && hay.charAt(i) != text.charAt(matched)) {
        matched = borders[matched];
      }
      if (++matched == text.length()) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  /** How often it is in {@code hay}, without overlaps. */
  long occurrencesIn(String hay) {
    long found = 0;
    for (int i = indexIn(hay, 0); i >= 0; i = indexIn(hay, i + length())) {
      found++;
    }
    return found;
  }
}
