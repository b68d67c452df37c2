package qoa.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import qoa.rego.budget.LimitException;

/**
 * A floating-point number with a 64-bit significand, computed on {@code long}s. Rounds to nearest,
 * ties to even. Reading and printing have a fast way for integers, and for decimals of up to 15
 * digits.
 */
final class WideFloat {
  private static final BigInteger FIVE = BigInteger.valueOf(5);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Of two: that of 1e10000 and of 1e-10000, and the significand. */
  private static final int MAX_EXPONENT = 33_300;

  private static final int MAX_SCALE = 22;
  private static final long MAX_SHORT = 1_000_000_000_000_000L;
  private static final double[] POWERS_OF_TEN = new double[MAX_SCALE + 1];
  private static final long[] POWERS_OF_FIVE = new long[MAX_SCALE + 1];

  static {
    long five = 1;
    double ten = 1;
    for (int i = 0; i <= MAX_SCALE; i++) {
      POWERS_OF_FIVE[i] = five;
      POWERS_OF_TEN[i] = ten;
      five *= 5;
      ten *= 10;
    }
  }

  private final boolean negative;

  /** Unsigned, with its highest bit set; or zero. */
  private final long significand;

  private final int exponent;

  private WideFloat(boolean negative, long significand, int exponent) {
    this.negative = negative;
    this.significand = significand;
    this.exponent = exponent;
  }

  /** The number rounded to 64 bits. */
  static WideFloat of(RegoNumber number) {
    WideFloat fast = ofShort(number);
    return fast != null ? fast : of(number.decimalValue());
  }

  /** The same of any decimal. */
  static WideFloat of(BigDecimal value) {
    BigInteger numerator = value.unscaledValue().abs();
    BigInteger denominator = BigInteger.ONE;
    if (value.scale() > 0) {
      denominator = BigInteger.TEN.pow(value.scale());
    } else {
      numerator = numerator.multiply(BigInteger.TEN.pow(-value.scale()));
    }
    // At least 64 bits and one to round by; the bit below them tells whether anything is left.
    int shift = Math.max(0, Long.SIZE + 2 - numerator.bitLength() + denominator.bitLength());
    BigInteger[] parts = numerator.shiftLeft(shift).divideAndRemainder(denominator);
    BigInteger digits = parts[0].shiftLeft(1);
    digits = parts[1].signum() == 0 ? digits : digits.setBit(0);
    int excess = digits.bitLength() - 2 * Long.SIZE;
    BigInteger window = digits.shiftRight(excess);
    boolean sticky = excess > 0 && digits.getLowestSetBit() < excess;
    return normalised(
        value.signum() < 0,
        window.shiftRight(Long.SIZE).longValue(),
        window.longValue(),
        sticky,
        excess - shift - 1 + Long.SIZE);
  }

  /** Integers, and decimals of up to 15 digits; null for others. */
  private static WideFloat ofShort(RegoNumber number) {
    if (number instanceof IntegerNumber integer) {
      long value = integer.longValue();
      return ofRatio(value < 0, Math.abs(value), 0);
    }
    if (!(number instanceof FloatNumber)) {
      return null;
    }
    double value = Math.abs(number.doubleValue());
    for (int scale = 0; scale <= MAX_SCALE; scale++) {
      double scaled = Math.rint(value * POWERS_OF_TEN[scale]);
      if (scaled >= MAX_SHORT) {
        return null;
      }
      if (scaled / POWERS_OF_TEN[scale] == value) {
        return ofRatio(number.doubleValue() < 0, (long) scaled, scale);
      }
    }
    return null;
  }

  /** {@code digits * 10^-scale}; {@code digits} is unsigned. */
  private static WideFloat ofRatio(boolean negative, long digits, int scale) {
    if (digits == 0) {
      return new WideFloat(false, 0, 0);
    }
    int shift = Long.numberOfLeadingZeros(digits);
    if (scale == 0) {
      return new WideFloat(negative, digits << shift, -shift);
    }
    return quotient(negative, digits << shift, POWERS_OF_FIVE[scale], -shift - scale);
  }

  /** {@code dividend / divisor * 2^exponent}; the dividend's highest bit is set. */
  private static WideFloat quotient(boolean negative, long dividend, long divisor, int exponent) {
    int shift = Long.numberOfLeadingZeros(divisor);
    long d = divisor << shift;
    boolean larger = Long.compareUnsigned(dividend, d) >= 0;
    long high = larger ? dividend >>> 1 : dividend;
    long low = larger ? dividend << 63 : 0;
    long q = divide(high, low, d);
    long rest = low - q * d;
    long left = d - rest;
    int order = Long.compareUnsigned(rest, left);
    boolean up = order > 0 || (order == 0 && (q & 1) == 1);
    return rounded(negative, q, up, exponent + shift - (larger ? 63 : 64));
  }

  private static WideFloat rounded(boolean negative, long significand, boolean up, int exponent) {
    if (!up) {
      return new WideFloat(negative, significand, exponent);
    }
    return significand == -1L
        ? new WideFloat(negative, Long.MIN_VALUE, exponent + 1)
        : new WideFloat(negative, significand + 1, exponent);
  }

  /**
   * The quotient of the 128-bit {@code high:low} by {@code d}, whose highest bit is set and which
   * is above {@code high}: schoolbook division in base 2^32 (Knuth, TAOCP 2, 4.3.1, algorithm D).
   */
  private static long divide(long high, long low, long d) {
    long dHigh = d >>> 32;
    long dLow = d & 0xffffffffL;
    long q1 = digit(high, dHigh, dLow, low >>> 32);
    long middle = (high << 32 | low >>> 32) - q1 * d;
    long q0 = digit(middle, dHigh, dLow, low & 0xffffffffL);
    return (q1 << 32) + q0;
  }

  private static long digit(long numerator, long dHigh, long dLow, long next) {
    long q = Long.divideUnsigned(numerator, dHigh);
    long rest = numerator - q * dHigh;
    while (q >>> 32 != 0 || Long.compareUnsigned(q * dLow, rest << 32 | next) > 0) {
      q--;
      rest += dHigh;
      if (rest >>> 32 != 0) {
        break;
      }
    }
    return q;
  }

  WideFloat times(WideFloat other) {
    if (significand == 0 || other.significand == 0) {
      return new WideFloat(false, 0, 0);
    }
    return normalised(
        negative != other.negative,
        unsignedMultiplyHigh(significand, other.significand),
        significand * other.significand,
        false,
        exponent + other.exponent + 64);
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** The quotient; {@code other} is not zero. */
  WideFloat dividedBy(WideFloat other) {
    return significand == 0
        ? this
        : quotient(
            negative != other.negative, significand, other.significand, exponent - other.exponent);
  }

  WideFloat negated() {
    return significand == 0 ? this : new WideFloat(!negative, significand, exponent);
  }

  WideFloat plus(WideFloat other) {
    if (significand == 0 || other.significand == 0) {
      return significand == 0 ? other : this;
    }
    boolean thisLarger =
        exponent > other.exponent
            || (exponent == other.exponent
                && Long.compareUnsigned(significand, other.significand) >= 0);
    return thisLarger ? combine(this, other) : combine(other, this);
  }

  private static WideFloat combine(WideFloat large, WideFloat small) {
    int shift = large.exponent - small.exponent;
    long high = shift == 0 ? small.significand : shift < 64 ? small.significand >>> shift : 0;
    long low =
        shift == 0
            ? 0
            : shift < 64
                ? small.significand << (64 - shift)
                : shift < 128 ? small.significand >>> (shift - 64) : 0;
    boolean lost = shift > 64 && (shift >= 128 || small.significand << (128 - shift) != 0);
    if (large.negative == small.negative) {
      long sum = large.significand + high;
      boolean carry = Long.compareUnsigned(sum, high) < 0;
      return carry
          ? normalised(
              large.negative,
              sum >>> 1 | Long.MIN_VALUE,
              sum << 63 | low >>> 1,
              lost || (low & 1) == 1,
              large.exponent + 1)
          : normalised(large.negative, sum, low, lost, large.exponent);
    }
    // What is lost would borrow one from the lowest bit, and leave something below it.
    long newLow = -low - (lost ? 1 : 0);
    boolean borrow = low != 0 || lost;
    long difference = large.significand - high - (borrow ? 1 : 0);
    return normalised(large.negative, difference, newLow, lost, large.exponent);
  }

  /** {@code high:low * 2^(exponent - 64)} rounded; {@code sticky}: there is a little more. */
  private static WideFloat normalised(
      boolean negative, long high, long low, boolean sticky, int exponent) {
    if (high == 0) {
      if (low == 0) {
        return new WideFloat(false, 0, 0);
      }
      int shift = Long.numberOfLeadingZeros(low);
      return new WideFloat(negative, low << shift, exponent - 64 - shift);
    }
    int shift = Long.numberOfLeadingZeros(high);
    long h = shift == 0 ? high : high << shift | low >>> (64 - shift);
    long l = low << shift;
    boolean half = l < 0;
    boolean above = l << 1 != 0 || sticky;
    return rounded(negative, h, half && (above || (h & 1) == 1), exponent - shift);
  }

  private boolean sameMagnitude(WideFloat other) {
    return significand == other.significand && exponent == other.exponent;
  }

  /** The number that the shortest decimal stands for that reads back as this. */
  RegoNumber shortest() {
    if (significand == 0) {
      return RegoNumber.of(0);
    }
    if (Math.abs(exponent) > MAX_EXPONENT) {
      throw new LimitException("a number beyond 1e±10000");
    }
    RegoNumber fast = shortestOfFewDigits();
    return fast != null ? fast : shortestOfManyDigits();
  }

  /** Looks at decimals near enough until none is, most of which have 19 or 20 digits. */
  private RegoNumber shortestOfManyDigits() {
    BigDecimal value = exact();
    BigDecimal halfStep = exact(BigInteger.ONE, exponent - 1);
    int digits = 19;
    BigDecimal candidate = near(value, digits, halfStep);
    while (candidate == null) {
      candidate = near(value, ++digits, halfStep);
    }
    for (BigDecimal shorter = candidate; shorter != null && digits > 1; ) {
      candidate = shorter;
      shorter = near(value, --digits, halfStep);
    }
    return RegoNumber.of(candidate);
  }

  /** The decimal of so many digits nearest to {@code value}, if it reads back as this, or null. */
  private BigDecimal near(BigDecimal value, int digits, BigDecimal halfStep) {
    BigDecimal candidate = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    BigDecimal distance = candidate.subtract(value).abs();
    // Below a power of two the numbers are twice as close.
    boolean closer = significand == Long.MIN_VALUE && candidate.abs().compareTo(value.abs()) < 0;
    int order = distance.compareTo(closer ? halfStep.divide(TWO) : halfStep);
    return order < 0 || (order == 0 && (significand & 1) == 0) ? candidate : null;
  }

  private RegoNumber shortestOfFewDigits() {
    double near = Math.scalb((double) (significand >>> 1), exponent + 1);
    for (int scale = 0; scale <= MAX_SCALE; scale++) {
      double scaled = Math.rint(near * POWERS_OF_TEN[scale]);
      if (scaled >= MAX_SHORT) {
        return null;
      }
      boolean close = Math.abs(scaled - near * POWERS_OF_TEN[scale]) <= scaled * 0x1p-50;
      if (close && scaled > 0 && ofRatio(false, (long) scaled, scale).sameMagnitude(this)) {
        double value = scaled / POWERS_OF_TEN[scale];
        return RegoNumber.of(negative ? -value : value);
      }
    }
    return null;
  }

  /** The value as a decimal, exactly. */
  BigDecimal exact() {
    BigInteger magnitude = new BigInteger(Long.toUnsignedString(significand));
    return exact(negative ? magnitude.negate() : magnitude, exponent);
  }

  private static BigDecimal exact(BigInteger digits, int exponent) {
    return exponent >= 0
        ? new BigDecimal(digits.shiftLeft(exponent))
        : new BigDecimal(digits.multiply(FIVE.pow(-exponent)), -exponent);
  }
}
