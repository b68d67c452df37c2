package qoa.core.model;

/**
 * How large a report and its parts may be. The decoder refuses a report that exceeds a bound, and
 * every evaluator can read a report that keeps them all, so a report that was taken in never makes
 * an evaluation fail by its form. The settings {@code limits.report-bytes} and {@code
 * limits.report-depth} narrow two of them.
 */
public final class ReportBounds {

  /** The bytes of a message: the largest {@code limits.report-bytes}. */
  public static final int BYTES = 64 * 1024 * 1024;

  /**
   * How deep objects and arrays may lie in one another: the largest {@code limits.report-depth}.
   */
  public static final int DEPTH = 1_000;

  /**
   * The bytes, in UTF-8, of each name: application, stage, instance, unit, and a metric together
   * with its path in a record. Other keys and strings may be as long as the message.
   */
  public static final int NAME_BYTES = 512;

  /** How many numbers and booleans a report may hold that become observations. */
  public static final int NUMBERS = 10_000;

  /** The characters of one number, wherever in the message it stands. */
  public static final int NUMBER_CHARACTERS = 1_000;

  /** The largest exponent, and with a minus the smallest, that a number may be written with. */
  public static final int EXPONENT = 9_999;

  /** A name of so few characters keeps {@link #NAME_BYTES} whatever they are. */
  private static final int SHORT_NAME = NAME_BYTES / 3;

  private ReportBounds() {}

  /** Whether a name is short enough. */
  public static boolean holdsName(CharSequence name) {
    return name.length() <= SHORT_NAME
        || (name.length() <= NAME_BYTES && utf8Bytes(name) <= NAME_BYTES);
  }

  /** How many bytes a text takes in UTF-8; half a surrogate pair counts as three. */
  public static long utf8Bytes(CharSequence text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }

  /**
   * Whether a double holds a number, at least nearly. It does not where the number is so large that
   * it would be infinite, or so small that it would be 0: evaluators keep a number's text, so that
   * for them it would be another number than for the windows.
   *
   * @param text the number as JSON has it
   * @param nearest the double nearest to it
   */
  public static boolean holdsNumber(CharSequence text, double nearest) {
    return nearest == 0 ? isZero(text) : !Double.isInfinite(nearest);
  }

  private static boolean isZero(CharSequence text) {
    int at = 0;
    while (at < text.length() && (text.charAt(at) | 0x20) != 'e') {
      if (text.charAt(at) >= '1' && text.charAt(at) <= '9') {
        return false;
      }
      at++;
    }
    int exponent = 0;
    for (at++; at < text.length() && exponent <= EXPONENT; at++) {
      int digit = Character.digit(text.charAt(at), 10);
      exponent = digit < 0 ? exponent : exponent * 10 + digit;
    }
    return exponent <= EXPONENT;
  }
}
