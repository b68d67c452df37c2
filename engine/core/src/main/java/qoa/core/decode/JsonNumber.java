package qoa.core.decode;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/** A number in a JSON text. Reused for each number; not thread-safe. */
final class JsonNumber {

  /** The number of decimal digits that an unsigned long can always hold. */
  private static final int HELD = 19;

  /** An integer of at most this many digits is far below the largest double. */
  private static final int MOST_DIGITS = 300;

  /** The index of its first character. */
  int start;

  /** The index after its last character. */
  int end;

  /** Whether it has no fraction and no exponent. */
  boolean integer;

  private int digits;
  private long significand;
  private int power;

  /**
   * Reads a number.
   *
   * @param text with at least one zero after its end
   * @param from the index of its sign or first digit
   * @return false if it is not a number, or has very many digits
   */
  boolean read(byte[] text, int from) {
    start = from;
    end = text[from] == '-' ? from + 1 : from;
    digits = 0;
    significand = 0;
    power = 0;
    integer = true;
    return readInteger(text)
        && (text[end] != '.' || readFraction(text))
        && ((text[end] | 0x20) != 'e' || readExponent(text))
        && digits <= MOST_DIGITS;
  }

  private boolean readInteger(byte[] text) {
    if (text[end] == '0') {
      end++;
      return true; // a digit after it is a fault that the caller finds
    }
    return readDigits(text);
  }

  private boolean readFraction(byte[] text) {
    integer = false;
    int from = ++end;
    boolean any = readDigits(text);
    power = from - end;
    return any;
  }

  private boolean readDigits(byte[] text) {
    int from = end;
    int at = from;
    long value = significand;
    for (int digit = text[at] - '0'; digit >= 0 && digit <= 9; digit = text[at] - '0') {
      value = value * 10 + digit;
      at++;
    }
    significand = value;
    digits += at - from;
    end = at;
    return at > from;
  }

  private boolean readExponent(byte[] text) {
    integer = false;
    byte sign = text[++end];
    if (sign == '-' || sign == '+') {
      end++;
    }
    int from = end;
    int exponent = 0;
    while (text[end] >= '0' && text[end] <= '9' && end - from < 5) {
      exponent = exponent * 10 + text[end++] - '0';
    }
    power += sign == '-' ? -exponent : exponent;
    return end > from && end - from < 5;
  }

  /** Whether its size alone shows that a double can hold it. This is cheaper than its value. */
  boolean isModest() {
    return digits + power <= MOST_DIGITS && power >= -MOST_DIGITS;
  }

  /**
   * Whether a double can hold it, as defined by {@link qoa.core.model.ReportBounds#holdsNumber};
   * also false if that is unknown.
   *
   * @param nearest the result of {@link #value}
   */
  boolean isHeld(double nearest) {
    return nearest == 0 ? significand == 0 && digits <= HELD : !Double.isInfinite(nearest);
  }

  /** The nearest double; infinite if the number is too large. */
  double value(byte[] text) {
    boolean negative = text[start] == '-';
    if (integer && digits < HELD) {
      return negative ? -significand : significand; // -0 is 0, because integers have one zero
    }
    double value = digits <= HELD ? Decimal.toDouble(significand, power) : Double.NaN;
    if (Double.isNaN(value)) {
      return NumberInput.parseDouble(
          new String(text, start, end - start, StandardCharsets.ISO_8859_1), true);
    }
    return negative ? -value : value;
  }
}
