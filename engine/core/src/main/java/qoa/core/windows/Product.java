package qoa.core.windows;

/**
 * A product of about 106 bits, the unevaluated sum of two doubles (T. J. Dekker, "A floating-point
 * technique for extending the available precision", 1971; the error-free product by fused
 * multiply-add), with an exponent of its own: neither rounding nor what lies between the first
 * factor and the last, however large or small, shows the order of the factors.
 */
final class Product {

  /** Significands are kept within these powers of two, so that no step leaves the doubles. */
  private static final int RANGE = 256;

  private static final double LARGEST = 0x1p+256;
  private static final double SMALLEST = 0x1p-256;

  private double high = 1;
  private double low;
  private long exponent;

  /** Multiplies by a finite double. */
  void multiply(double value) {
    double factor = value;
    while (Math.abs(factor) > LARGEST) {
      factor *= SMALLEST;
      exponent += RANGE;
    }
    while (Math.abs(factor) < SMALLEST && factor != 0) {
      factor *= LARGEST;
      exponent -= RANGE;
    }
    multiply(factor, 0);
  }

  /** Multiplies by another one. */
  void multiply(Product other) {
    exponent += other.exponent;
    multiply(other.high, other.low);
  }

  private void multiply(double otherHigh, double otherLow) {
    double product = high * otherHigh;
    double error = Math.fma(high, otherHigh, -product);
    double rest = Math.fma(high, otherLow, Math.fma(low, otherHigh, error));
    high = product + rest;
    low = rest - (high - product);
    if (Math.abs(high) > LARGEST) {
      scale(SMALLEST, RANGE);
    } else if (Math.abs(high) < SMALLEST && high != 0) {
      scale(LARGEST, -RANGE);
    }
  }

  private void scale(double factor, int by) {
    high *= factor;
    low *= factor;
    exponent += by;
  }

  /** Whether a double holds it: not if it is too large, nor if it is not 0 but too small. */
  boolean isRepresentable() {
    return Double.isFinite(value()) && (high == 0) == (value() == 0);
  }

  /** The nearest double; infinite or 0 where none is near. */
  double value() {
    return Math.scalb(high, (int) Math.max(-4_000, Math.min(4_000, exponent)));
  }
}
