package qoa.rego.value;

import java.math.BigDecimal;

/** Reads and prints numbers, and picks the representation of each. */
final class NumberText {
  /** Beyond this an exact integer would take kilobytes, and arithmetic on it minutes. */
  private static final int MAX_EXPONENT = 10_000;

  static final int MAX_LONG_DIGITS = 18;

  private NumberText() {}

  static RegoNumber parse(String text) {
    if (isShortInteger(text)) {
      return IntegerNumber.valueOf(Long.parseLong(text));
    }
    if (text.length() > RegoNumber.MAX_TEXT) {
      throw new NumberFormatException(
          "a number of more than " + RegoNumber.MAX_TEXT + " characters");
    }
    requireJsonNumber(text);
    BigDecimal value = new BigDecimal(text);
    long magnitude = value.signum() == 0 ? 0 : (long) value.precision() - value.scale();
    if (Math.abs(magnitude) > MAX_EXPONENT) {
      throw new NumberFormatException("number out of range: " + text);
    }
    return normalise(value, text);
  }

  /** The representation of {@code value}; {@code text} is kept where it is not the usual one. */
  static RegoNumber normalise(BigDecimal value, String text) {
    if (value.signum() == 0) {
      return text == null ? RegoNumber.of(0) : integer(0, text);
    }
    BigDecimal stripped = TrailingZeros.strip(value);
    if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 19) {
      try {
        return integer(stripped.longValueExact(), text);
      } catch (ArithmeticException e) {
        // 19 digits, and above 2^63: it is not a long.
      }
    }
    String kept = text == null || text.equals(shortestOf(stripped)) ? null : text;
    double nearest = stripped.doubleValue();
    boolean isShortest =
        Double.isFinite(nearest)
            && nearest != 0
            && FloatNumber.shortest(nearest).compareTo(stripped) == 0;
    return isShortest ? new FloatNumber(nearest, kept) : new DecimalNumber(stripped, kept);
  }

  private static RegoNumber integer(long value, String text) {
    return text == null || text.equals(Long.toString(value))
        ? IntegerNumber.valueOf(value)
        : new IntegerNumber(value, text);
  }

  private static boolean isShortInteger(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - start;
    if (digits == 0
        || digits > MAX_LONG_DIGITS
        || (text.charAt(start) == '0' && text.length() > 1)) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** {@code BigDecimal} reads more than JSON allows: {@code +1}, {@code .5}, {@code 007}. */
  private static void requireJsonNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int digits = digitsFrom(text, i);
    boolean valid = digits > 0 && (text.charAt(i) != '0' || digits == 1);
    i += digits;
    if (i < text.length() && text.charAt(i) == '.') {
      digits = digitsFrom(text, i + 1);
      valid &= digits > 0;
      i += digits + 1;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      digits = digitsFrom(text, i);
      valid &= digits > 0;
      i += digits;
    }
    if (!valid || i != text.length()) {
      throw new NumberFormatException("not a JSON number: " + text);
    }
  }

  private static int digitsFrom(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - start;
  }

  /** Integers in full; the others with an exponent where it is below -4 or above 5. */
  static String shortestOf(BigDecimal value) {
    BigDecimal stripped = TrailingZeros.strip(value);
    if (stripped.scale() <= 0) {
      return stripped.toBigInteger().toString();
    }
    String digits = stripped.unscaledValue().abs().toString();
    int exponent = stripped.precision() - stripped.scale() - 1;
    String sign = stripped.signum() < 0 ? "-" : "";
    return sign + GoFloat.general(digits, exponent);
  }
}
