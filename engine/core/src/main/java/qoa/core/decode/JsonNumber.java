package qoa.core.decode;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/** A number in a JSON text. Reused from number to number; not safe for several threads. */
final class JsonNumber {

  /** As many decimal digits a long can hold, if it is taken as unsigned. */
  private static final int HELD = 19;

  /** With no more digits than this, an integer is far from the largest double. */
  private static final int MOST_DIGITS = 300;

  /** Where it begins. */
  int start;

  /** Behind its last character. */
  int end;

  /** Whether it has neither fraction nor exponent. */
  boolean integer;

  private int digits;
  private long significand;
  private int power;

  /**
   * Reads a number.
   *
   * @param text with at least a zero behind its end
   * @param from where its sign or first digit is
   * @return false where it is not a number, or one of very many digits
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
      return true; // a digit behind it is a fault that whoever reads on will find
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

  /** Whether its size alone says that a double holds it, which is cheaper than the number. */
  boolean isModest() {
    return digits + power <= MOST_DIGITS && power >= -MOST_DIGITS;
  }

  /**
   * Whether a double holds it, as {@link qoa.core.model.ReportBounds#holdsNumber} says; false too
   * where that is not known.
   *
   * @param nearest what {@link #value} gave
   */
  boolean isHeld(double nearest) {
    return nearest == 0 ? significand == 0 && digits <= HELD : !Double.isInfinite(nearest);
  }

  /** The nearest double; infinite where none is near. */
  double value(byte[] text) {
    boolean negative = text[start] == '-';
    if (integer && digits < HELD) {
      return negative ? -significand : significand; // -0 is 0, as integers have one zero
    }
    double value = digits <= HELD ? Decimal.toDouble(significand, power) : Double.NaN;
    if (Double.isNaN(value)) {
      return NumberInput.parseDouble(
          new String(text, start, end - start, StandardCharsets.ISO_8859_1), true);
    }
    return negative ? -value : value;
  }
}
