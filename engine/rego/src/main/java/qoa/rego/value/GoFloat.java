package qoa.rego.value;

import java.math.BigDecimal;

/**
 * A floating-point number with a 64-bit significand, which is what OPA computes in when an operand
 * is not an integer: {@code 0.1 + 0.2} is {@code 0.3}. Rounds to nearest, ties to even.
 */
public final class GoFloat {
  /** From this exponent on Go prints one, where it prints as few digits as it can. */
  public static final int SHORTEST_THRESHOLD = 6;

  private GoFloat() {}

  public static RegoNumber add(RegoNumber a, RegoNumber b) {
    return WideFloat.of(a).plus(WideFloat.of(b)).shortest();
  }

  public static RegoNumber subtract(RegoNumber a, RegoNumber b) {
    return WideFloat.of(a).plus(WideFloat.of(b).negated()).shortest();
  }

  public static RegoNumber multiply(RegoNumber a, RegoNumber b) {
    return WideFloat.of(a).times(WideFloat.of(b)).shortest();
  }

  /** The quotient; {@code b} is not zero. */
  public static RegoNumber divide(RegoNumber a, RegoNumber b) {
    return WideFloat.of(a).dividedBy(WideFloat.of(b)).shortest();
  }

  /** The nearest number with a 64-bit significand, exactly. */
  public static BigDecimal round(RegoNumber number) {
    return number.isLong() ? number.decimalValue() : round(number.decimalValue());
  }

  /** The nearest number with a 64-bit significand, exactly. */
  public static BigDecimal round(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : WideFloat.of(value).exact();
  }

  /** The number that the shortest decimal of {@code value} stands for, among 64-bit numbers. */
  public static RegoNumber number(BigDecimal value) {
    return value.signum() == 0 ? RegoNumber.of(0) : WideFloat.of(value).shortest();
  }

  /** The shortest decimal that reads back as {@code value}. */
  public static BigDecimal shortest(double value) {
    return FloatNumber.shortest(value);
  }

  static String general(String digits, int exponent) {
    return general(digits, exponent, SHORTEST_THRESHOLD);
  }

  /**
   * Prints {@code d.ddd * 10^exponent} as Go's {@code %g} does: with an exponent where that is
   * below -4 or at least {@code threshold}.
   *
   * @param digits without sign and trailing zeros
   */
  public static String general(String digits, int exponent, int threshold) {
    if (exponent < -4 || exponent >= threshold) {
      return scientific(digits, exponent);
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    if (exponent >= digits.length() - 1) {
      return digits + "0".repeat(exponent + 1 - digits.length());
    }
    return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }

  /** Prints {@code d.ddd * 10^exponent} with all the {@code digits} and an exponent. */
  public static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = exponent < 0 ? "-" : "+";
    String power = Integer.toString(Math.abs(exponent));
    return digits.charAt(0) + fraction + "e" + sign + (power.length() < 2 ? "0" : "") + power;
  }
}
