package qoa.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@link BigDecimal#stripTrailingZeros}, which takes off one zero at a time: seconds for a number
 * like {@code 10^70000}. This takes off half of what may be left each time.
 */
final class TrailingZeros {
  /** Up to here the JDK's way is the faster one. */
  private static final int SHORT_BITS = 512;

  private TrailingZeros() {}

  /** The same number, without zeros at the end of its digits. */
  static BigDecimal strip(BigDecimal value) {
    BigInteger digits = value.unscaledValue();
    if (digits.bitLength() <= SHORT_BITS) {
      return value.stripTrailingZeros();
    }
    int scale = value.scale();
    // Each zero at the end is a factor of two, too.
    int step = Integer.highestOneBit(Math.max(1, digits.getLowestSetBit()));
    for (; step > 0; step /= 2) {
      if (digits.getLowestSetBit() < step) {
        continue;
      }
      BigInteger[] parts = digits.divideAndRemainder(BigInteger.TEN.pow(step));
      if (parts[1].signum() == 0) {
        digits = parts[0];
        scale -= step;
      }
    }
    return new BigDecimal(digits, scale);
  }
}
