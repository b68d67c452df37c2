package qoa.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import qoa.rego.budget.Budget;

/**
 * A number of any size, exact in decimal. Every number has one representation, so that {@code 1},
 * {@code 1.0} and {@code 1e0} are equal and hash alike: integers that fit a {@code long} are {@link
 * IntegerNumber}; decimals that are the shortest decimal of some {@code double} are {@link
 * FloatNumber}; the others are {@link DecimalNumber}.
 *
 * <p>Beside its value a number keeps the text it was read from where that is not the usual one, as
 * OPA does: {@code 1.0} equals {@code 1}, yet prints as {@code 1.0}.
 */
public abstract sealed class RegoNumber extends RegoValue
    permits IntegerNumber, FloatNumber, DecimalNumber {
  /** The longest text that is read as a number. */
  public static final int MAX_TEXT = 20_000;

  public static RegoNumber of(long value) {
    return IntegerNumber.valueOf(value);
  }

  /**
   * The number that the shortest decimal of {@code value} stands for; {@code of(0.1)} is exactly
   * one tenth.
   *
   * @throws ArithmeticException for an infinity or not-a-number, which Rego does not have
   */
  public static RegoNumber of(double value) {
    if (value == (long) value && Math.abs(value) < 0x1p53) {
      return IntegerNumber.valueOf((long) value);
    }
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("not a Rego number: " + value);
    }
    return Math.abs(value) < 0x1p53
        ? new FloatNumber(value, null)
        : of(FloatNumber.shortest(value));
  }

  public static RegoNumber of(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? IntegerNumber.valueOf(value.longValue())
        : of(new BigDecimal(value));
  }

  public static RegoNumber of(BigDecimal value) {
    return NumberText.normalise(value, null);
  }

  /**
   * Reads a JSON number and keeps its text.
   *
   * @throws NumberFormatException if {@code text} is not a JSON number, if its exponent is outside
   *     -10,000 to 10,000, or if it has more than 20,000 characters: arithmetic on it would take
   *     minutes
   */
  public static RegoNumber parse(String text) {
    return NumberText.parse(text);
  }

  /**
   * As {@link #parse(String)}.
   *
   * @param budget pays for reading digits, which takes the square of their number
   */
  public static RegoNumber parse(String text, Budget budget) {
    long length = text.length();
    if (length > NumberText.MAX_LONG_DIGITS) {
      budget.charge(length / 16);
      if (length <= MAX_TEXT) {
        budget.charge(length * length / 4096);
        budget.reserve(length);
      }
    }
    return parse(text);
  }

  @Override
  public final Type type() {
    return Type.NUMBER;
  }

  /** Whether the number has no fraction, at any size. */
  public abstract boolean isInteger();

  /** Whether {@link #longValue} is exact. */
  public final boolean isLong() {
    return this instanceof IntegerNumber;
  }

  /** Exact where {@link #isLong}, else undefined: ask first. */
  public abstract long longValue();

  /** The nearest {@code double}; an infinity where the number is out of range. */
  public abstract double doubleValue();

  public abstract BigDecimal decimalValue();

  /** The integer part, towards zero. */
  public BigInteger bigIntegerValue() {
    return decimalValue().toBigInteger();
  }

  /** The number as OPA prints it: the text it was read from, else its shortest form. */
  public abstract String text();

  abstract int compareNumber(RegoNumber other);

  @Override
  final int compareSameType(RegoValue other) {
    return compareNumber((RegoNumber) other);
  }
}
