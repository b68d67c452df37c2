package qoa.rego.value;

/** Rego's {@code null}, which is a value; undefined is Java's null. */
public final class RegoNull extends RegoValue {
  public static final RegoNull NULL = new RegoNull();

  private RegoNull() {}

  @Override
  public Type type() {
    return Type.NULL;
  }

  @Override
  int compareSameType(RegoValue other) {
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return 0x6e756c6c;
  }
}
