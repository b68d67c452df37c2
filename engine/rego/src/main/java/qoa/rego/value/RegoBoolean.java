package qoa.rego.value;

/** {@code false} and {@code true}, in this order. */
public final class RegoBoolean extends RegoValue {
  public static final RegoBoolean FALSE = new RegoBoolean(false);
  public static final RegoBoolean TRUE = new RegoBoolean(true);

  private final boolean value;

  private RegoBoolean(boolean value) {
    this.value = value;
  }

  /** One of the two constants, never a new object. */
  public static RegoBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public boolean value() {
    return value;
  }

  @Override
  public Type type() {
    return Type.BOOLEAN;
  }

  @Override
  int compareSameType(RegoValue other) {
    return Boolean.compare(value, ((RegoBoolean) other).value);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(value);
  }
}
