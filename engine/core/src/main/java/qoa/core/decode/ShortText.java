package qoa.core.decode;

/** Shortens texts that senders choose, for messages. */
final class ShortText {

  /** The number of characters that are kept by default. */
  static final int MOST = 60;

  private ShortText() {}

  /** The beginning of a text, followed by {@code …} if the rest is left out. */
  static String of(CharSequence text) {
    return of(text, MOST);
  }

  /** Shortens to a given number of characters. */
  static String of(CharSequence text, int most) {
    if (text.length() <= most) {
      return text.toString();
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.subSequence(0, end) + "…";
  }
}
