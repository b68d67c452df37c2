package qoa.core.decode;

/** Texts that senders choose, cut to what a message for people has room for. */
final class ShortText {

  /** Characters that are kept. */
  static final int MOST = 60;

  private ShortText() {}

  /** The beginning of a text, marked where the rest was left out. */
  static String of(CharSequence text) {
    return of(text, MOST);
  }

  /** The same, with as many characters. */
  static String of(CharSequence text, int most) {
    if (text.length() <= most) {
      return text.toString();
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.subSequence(0, end) + "…";
  }
}
