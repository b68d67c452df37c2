package qoa.core.windows;

/**
 * A sum of about 106 bits, the unevaluated sum of two doubles, so that adding many doubles gives
 * the same double in any order (T. J. Dekker, "A floating-point technique for extending the
 * available precision", 1971). Where it comes near the largest double it is kept scaled down, so
 * that it does not overflow on the way to a sum that a double can hold.
 */
final class Sum {

  /** From here on everything is scaled; 2^63 numbers of any size then still do not overflow. */
  private static final double HUGE = 0x1p+1000;

  private static final double SCALE = 0x1p-100;

  private double high;
  private double low;
  private double scale = 1;

  /** Adds a finite double. */
  void add(double value) {
    if (scale == 1 && (Math.abs(value) >= HUGE || Math.abs(high) >= HUGE)) {
      scaleDown();
    }
    addScaled(value * scale);
  }

  /** Adds another one. */
  void add(Sum other) {
    if (scale == 1 && (other.scale != 1 || Math.abs(other.high) >= HUGE)) {
      scaleDown();
    }
    double factor = scale / other.scale;
    addScaled(other.high * factor);
    addScaled(other.low * factor);
  }

  /** The nearest double; infinite where none is near. */
  double value() {
    return high / scale;
  }

  /** The sum divided by how many numbers it is of; finite where they were. */
  double mean(long count) {
    return high / count / scale;
  }

  private void addScaled(double value) {
    double sum = high + value;
    double part = sum - high;
    double error = (high - (sum - part)) + (value - part) + low;
    high = sum + error;
    low = error - (high - sum);
  }

  private void scaleDown() {
    scale = SCALE;
    high *= SCALE;
    low *= SCALE;
  }
}
