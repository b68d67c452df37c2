package qoa.core.decode;

import java.math.BigInteger;

/**
 * Converts a decimal number to the nearest double with one multiplication, if that determines the
 * double (D. Lemire, "Number Parsing at a Gigabyte per Second", 2021, with a table of 64 bits
 * instead of 128; the caller must convert the remaining cases in another way).
 */
final class Decimal {

  /** Powers of ten that a double holds exactly (W. D. Clinger, 1990). */
  private static final double[] EXACT_POWERS = new double[23];

  private static final long EXACT_SIGNIFICAND = 1L << 53;
  private static final int MOST_POWER = 280;

  /** The first 64 bits of 10^p, rounded down, for p from -280 to 280. */
  private static final long[] POWERS = new long[2 * MOST_POWER + 1];

  static {
    for (int power = 0; power < EXACT_POWERS.length; power++) {
      EXACT_POWERS[power] = Double.parseDouble("1e" + power);
    }
    for (int power = -MOST_POWER; power <= MOST_POWER; power++) {
      POWERS[power + MOST_POWER] = first64Bits(power);
    }
  }

  private Decimal() {}

  private static long first64Bits(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power)); // 10^p without the factor 2^p
    BigInteger large =
        power >= 0 ? five.shiftLeft(64) : BigInteger.ONE.shiftLeft(1024).divide(five);
    return large.shiftRight(large.bitLength() - 64).longValue();
  }

  /**
   * The double nearest to {@code significand · 10^power}; NaN if it must be found in another way.
   *
   * @param significand an unsigned integer
   */
  static double toDouble(long significand, int power) {
    if (significand == 0) {
      return 0;
    }
    if (significand > 0 && significand <= EXACT_SIGNIFICAND && Math.abs(power) < 23) {
      double exact = EXACT_POWERS[Math.abs(power)];
      return power < 0 ? significand / exact : significand * exact;
    }
    return Math.abs(power) > MOST_POWER ? Double.NaN : multiplied(significand, power);
  }

  /** The true product is at least the one computed, and less than 1 above its upper half. */
  private static double multiplied(long significand, int power) {
    int zeros = Long.numberOfLeadingZeros(significand);
    long upper = unsignedMultiplyHigh(significand << zeros, POWERS[power + MOST_POWER]);
    int top = (int) (upper >>> 63);
    long rounded = upper >>> (top + 9); // 53 bits and the bit that decides the rounding
    long rest = upper & 0x1ff;
    if (rest == 0x1ff || (rest == 0 && (rounded & 3) == 1)) {
      return Double.NaN; // the omitted bits may change the bits above, or decide a tie
    }
    long mantissa = (rounded + 1) >>> 1;
    int exponent = floorOfLog2(power) + 11 + top - zeros; // value = mantissa · 2^exponent
    return Double.longBitsToDouble(((exponent + 1075L) << 52) + mantissa - (1L << 52));
  }

  private static int floorOfLog2(int powerOfTen) {
    return (217_706 * powerOfTen) >> 16;
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
