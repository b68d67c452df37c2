package qoa.engine.window;

/**
 * A number of about 106 bits, the unevaluated sum of two doubles, so that adding and multiplying
 * many doubles gives the same double in any order (T. J. Dekker, "A floating-point technique for
 * extending the available precision", 1971; the error-free product by fused multiply-add).
 */
final class DoubleDouble {

  private double high;
  private double low;

  DoubleDouble(double value) {
    high = value;
  }

  /** Adds a double. */
  void add(double value) {
    double sum = high + value;
    double part = sum - high;
    double error = (high - (sum - part)) + (value - part);
    renormalise(sum, low + error);
  }

  /** Adds another one. */
  void add(DoubleDouble other) {
    add(other.high);
    add(other.low);
  }

  /** Multiplies by a double. */
  void multiply(double value) {
    double product = high * value;
    double error = Math.fma(high, value, -product);
    renormalise(product, Math.fma(low, value, error));
  }

  /** Multiplies by another one. */
  void multiply(DoubleDouble other) {
    double product = high * other.high;
    double error = Math.fma(high, other.high, -product);
    renormalise(product, error + high * other.low + low * other.high);
  }

  /** The nearest double; infinite or NaN where none is near. */
  double value() {
    return high + low;
  }

  private void renormalise(double big, double small) {
    high = big + small;
    low = Double.isFinite(high) ? small - (high - big) : 0;
  }
}
