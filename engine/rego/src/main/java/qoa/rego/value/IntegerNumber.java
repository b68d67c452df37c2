package qoa.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An integer that fits a {@code long}. */
final class IntegerNumber extends RegoNumber {
  private static final int SMALLEST_KEPT = -128;
  private static final IntegerNumber[] KEPT = new IntegerNumber[1024 - SMALLEST_KEPT];

  static {
    for (int i = 0; i < KEPT.length; i++) {
      KEPT[i] = new IntegerNumber(i + SMALLEST_KEPT, null);
    }
  }

  private final long value;
  private final String text;

  /**
   * @param text null where it is the decimal digits
   */
  IntegerNumber(long value, String text) {
    this.value = value;
    this.text = text;
  }

  static IntegerNumber valueOf(long value) {
    long index = value - SMALLEST_KEPT;
    return index >= 0 && index < KEPT.length ? KEPT[(int) index] : new IntegerNumber(value, null);
  }

  @Override
  public boolean isInteger() {
    return true;
  }

  @Override
  public long longValue() {
    return value;
  }

  @Override
  public double doubleValue() {
    return value;
  }

  @Override
  public BigDecimal decimalValue() {
    return BigDecimal.valueOf(value);
  }

  @Override
  public BigInteger bigIntegerValue() {
    return BigInteger.valueOf(value);
  }

  @Override
  public String text() {
    return text != null ? text : Long.toString(value);
  }

  @Override
  int compareNumber(RegoNumber other) {
    return other instanceof IntegerNumber that
        ? Long.compare(value, that.value)
        : -other.compareNumber(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof IntegerNumber that && value == that.value);
  }

  @Override
  public int hashCode() {
    long mixed = value * 0x9E3779B97F4A7C15L; // Long.hashCode takes n * (2^32 + 1) for one number
    return (int) (mixed >>> Integer.SIZE);
  }
}
