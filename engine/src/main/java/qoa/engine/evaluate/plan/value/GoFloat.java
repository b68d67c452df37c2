package qoa.engine.evaluate.plan.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A floating-point number with a 64-bit significand, which is what OPA computes in when an operand
 * is not an integer: {@code 0.1 + 0.2} is {@code 0.3}. Rounds to nearest, ties to even.
 */
public final class GoFloat {
  private static final int PRECISION = 64;

  /** From this exponent on Go prints one, where it prints as few digits as it can. */
  public static final int SHORTEST_THRESHOLD = 6;

  private static final BigInteger FIVE = BigInteger.valueOf(5);

  private GoFloat() {}

  public static RegoNumber add(RegoNumber a, RegoNumber b) {
    WideFloat x = WideFloat.of(a);
    WideFloat y = x == null ? null : WideFloat.of(b);
    RegoNumber fast = y == null ? null : x.plus(y).shortest();
    return fast != null ? fast : number(round(round(a).add(round(b))));
  }

  public static RegoNumber subtract(RegoNumber a, RegoNumber b) {
    WideFloat x = WideFloat.of(a);
    WideFloat y = x == null ? null : WideFloat.of(b);
    RegoNumber fast = y == null ? null : x.plus(y.negated()).shortest();
    return fast != null ? fast : number(round(round(a).subtract(round(b))));
  }

  public static RegoNumber multiply(RegoNumber a, RegoNumber b) {
    WideFloat x = WideFloat.of(a);
    WideFloat y = x == null ? null : WideFloat.of(b);
    RegoNumber fast = y == null ? null : x.times(y).shortest();
    return fast != null ? fast : number(round(round(a).multiply(round(b))));
  }

  /** The quotient; {@code b} is not zero. */
  public static RegoNumber divide(RegoNumber a, RegoNumber b) {
    WideFloat x = WideFloat.of(a);
    WideFloat y = x == null ? null : WideFloat.of(b);
    RegoNumber fast = y == null ? null : x.dividedBy(y).shortest();
    return fast != null ? fast : number(divide(round(a), round(b)));
  }

  /** The nearest number with a 64-bit significand, exactly. */
  public static BigDecimal round(RegoNumber number) {
    return number.isLong() ? number.decimalValue() : round(number.decimalValue());
  }

  /** The nearest number with a 64-bit significand, exactly. */
  public static BigDecimal round(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (value.scale() <= 0) {
      return exact(value.toBigInteger(), 0);
    }
    return quotient(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  /**
   * {@code a / b}, rounded.
   *
   * @throws ArithmeticException if {@code b} is zero
   */
  public static BigDecimal divide(BigDecimal a, BigDecimal b) {
    int scale = Math.max(Math.max(a.scale(), b.scale()), 0);
    return quotient(a.setScale(scale).unscaledValue(), b.setScale(scale).unscaledValue());
  }

  private static BigDecimal quotient(BigInteger numerator, BigInteger denominator) {
    int shift = Math.max(0, PRECISION + 2 - numerator.bitLength() + denominator.bitLength());
    BigInteger[] parts = numerator.abs().shiftLeft(shift).divideAndRemainder(denominator.abs());
    // The bit below the last keeps a remainder, so that rounding sees it.
    BigInteger digits = parts[0].shiftLeft(1);
    BigInteger sticky = parts[1].signum() == 0 ? digits : digits.setBit(0);
    boolean negative = numerator.signum() * denominator.signum() < 0;
    return exact(negative ? sticky.negate() : sticky, -shift - 1);
  }

  /** {@code significand * 2^exponent} rounded to 64 bits, as an exact decimal. */
  private static BigDecimal exact(BigInteger significand, int exponent) {
    int excess = significand.bitLength() - PRECISION;
    BigInteger rounded = significand.abs();
    if (excess > 0) {
      rounded = roundHalfEven(rounded, rounded.bitLength() - PRECISION);
      exponent += significand.abs().bitLength() - PRECISION;
    }
    if (significand.signum() < 0) {
      rounded = rounded.negate();
    }
    return exponent >= 0
        ? new BigDecimal(rounded.shiftLeft(exponent))
        : new BigDecimal(rounded.multiply(FIVE.pow(-exponent)), -exponent);
  }

  private static BigInteger roundHalfEven(BigInteger value, int bits) {
    if (bits <= 0) {
      return value.shiftLeft(-bits);
    }
    BigInteger kept = value.shiftRight(bits);
    boolean half = value.testBit(bits - 1);
    boolean above = half && value.getLowestSetBit() < bits - 1;
    return half && (above || kept.testBit(0)) ? kept.add(BigInteger.ONE) : kept;
  }

  /** The number that the shortest decimal of {@code value} stands for, among 64-bit numbers. */
  public static RegoNumber number(BigDecimal value) {
    if (value.signum() == 0) {
      return RegoNumber.of(0);
    }
    for (int digits = 15; ; digits++) {
      BigDecimal candidate = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (round(candidate).compareTo(value) == 0) {
        return RegoNumber.of(candidate);
      }
    }
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
