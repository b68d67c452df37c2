package qoa.rego.value;

import java.math.BigDecimal;

/** A number that neither a {@code long} nor the shortest decimal of a {@code double} can hold. */
final class DecimalNumber extends RegoNumber {
  private static final int DIGITS_PER_WORD = 19;

  /** Without trailing zeros, so that equal numbers have equal scales. */
  private final BigDecimal value;

  private final String text;

  DecimalNumber(BigDecimal stripped, String text) {
    this.value = stripped;
    this.text = text;
  }

  @Override
  boolean isSmall() {
    return false;
  }

  /** Arithmetic and printing take up to the square of the length. */
  @Override
  public int weight() {
    long words = 1 + ((long) value.precision() + Math.abs(value.scale())) / DIGITS_PER_WORD;
    return (int) Math.min(Integer.MAX_VALUE, words + words * words / 16);
  }

  @Override
  public boolean isInteger() {
    return value.scale() <= 0;
  }

  @Override
  public long longValue() {
    return value.longValue();
  }

  @Override
  public double doubleValue() {
    return value.doubleValue();
  }

  @Override
  public BigDecimal decimalValue() {
    return value;
  }

  @Override
  public String text() {
    return text != null ? text : NumberText.shortestOf(value);
  }

  @Override
  int compareNumber(RegoNumber other) {
    return value.compareTo(other.decimalValue());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof DecimalNumber that && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
