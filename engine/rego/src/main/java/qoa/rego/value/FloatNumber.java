package qoa.rego.value;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;

/** A decimal that is the shortest one of a {@code double}, and not a {@code long}. */
final class FloatNumber extends RegoNumber {
  private static final MathContext ONE_DIGIT = new MathContext(1);

  private final double value;
  private final String text;

  /**
   * @param text null where it is what {@link NumberText#shortestOf} gives
   */
  FloatNumber(double value, String text) {
    this.value = value;
    this.text = text;
  }

  /** The shortest decimal that reads back as {@code value}. Before Java 19 the JDK's is longer. */
  static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(DoubleToDecimal.toString(value));
    if (Math.abs(value) < Double.MIN_NORMAL && decimal.precision() == 2) {
      // Java gives two digits at least, the nearest; so near to 0 one may do: 4.9e-324 is 5e-324.
      BigDecimal digit = decimal.round(ONE_DIGIT);
      return digit.doubleValue() == value ? digit : decimal;
    }
    return decimal;
  }

  @Override
  public boolean isInteger() {
    return Math.abs(value) >= 0x1p53 && TrailingZeros.strip(decimalValue()).scale() <= 0;
  }

  @Override
  public long longValue() {
    return (long) value;
  }

  @Override
  public double doubleValue() {
    return value;
  }

  @Override
  public BigDecimal decimalValue() {
    return shortest(value);
  }

  @Override
  public String text() {
    return text != null ? text : NumberText.shortestOf(decimalValue());
  }

  @Override
  int compareNumber(RegoNumber other) {
    if (other instanceof FloatNumber that) {
      return Double.compare(value, that.value);
    }
    if (other instanceof IntegerNumber && Math.abs(value) < 0x1p53) {
      long floor = (long) Math.floor(value);
      return other.longValue() <= floor ? 1 : -1;
    }
    return decimalValue().compareTo(other.decimalValue());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof FloatNumber that && value == that.value);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value);
  }
}
