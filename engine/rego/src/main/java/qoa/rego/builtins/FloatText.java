package qoa.rego.builtins;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import qoa.rego.value.GoFloat;

/** A {@code double} as Go's {@code strconv} prints it; rounds the exact binary value. */
final class FloatText {
  /** No double has more digits after the point. */
  private static final int MAX_DIGITS = 1_100;

  private FloatText() {}

  /** {@code %e}: one digit, a point, {@code precision} digits, and an exponent. */
  static String scientific(double value, int precision) {
    if (value == 0) {
      return sign(value) + "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value))
            .round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = rounded.precision() - rounded.scale() - 1;
    digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
    return sign(value) + GoFloat.scientific(digits.substring(0, precision + 1), exponent);
  }

  /** {@code %f}: {@code precision} digits after the point. */
  static String fixed(double value, int precision) {
    int digits = Math.min(precision, MAX_DIGITS);
    BigDecimal rounded = new BigDecimal(Math.abs(value)).setScale(digits, RoundingMode.HALF_EVEN);
    return sign(value) + rounded.toPlainString() + "0".repeat(precision - digits);
  }

  /** {@code %g}: at most {@code precision} digits, or as many as it takes if that is below zero. */
  static String general(double value, int precision) {
    if (value == 0) {
      return sign(value) + "0";
    }
    BigDecimal magnitude =
        precision < 0
            ? GoFloat.shortest(Math.abs(value))
            : new BigDecimal(Math.abs(value))
                .round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN));
    BigDecimal stripped = magnitude.stripTrailingZeros();
    String digits = stripped.unscaledValue().toString();
    int exponent = stripped.precision() - stripped.scale() - 1;
    int threshold = precision < 0 ? GoFloat.SHORTEST_THRESHOLD : Math.max(1, precision);
    if (threshold > digits.length() && digits.length() >= exponent + 1) {
      threshold = precision < 0 ? threshold : digits.length();
    }
    return sign(value) + GoFloat.general(digits, exponent, threshold);
  }

  private static String sign(double value) {
    return value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
  }
}
