package qoa.rego.value;

/** A string of Unicode code points, ordered by code point as Go orders UTF-8 strings. */
public final class RegoString extends RegoValue {
  public static final RegoString EMPTY = new RegoString("");

  /** UTF-16 units that make one step of weight. */
  static final int PER_STEP = 16;

  private static final int SMALL = 256;

  private final String value;

  private RegoString(String value) {
    this.value = value;
  }

  /** A string of {@code value}, which is not null. */
  public static RegoString of(String value) {
    return value.isEmpty() ? EMPTY : new RegoString(value);
  }

  public String value() {
    return value;
  }

  @Override
  public Type type() {
    return Type.STRING;
  }

  @Override
  public int length() {
    return value.codePointCount(0, value.length());
  }

  @Override
  boolean isSmall() {
    return value.length() <= SMALL;
  }

  @Override
  public int weight() {
    return 1 + value.length() / PER_STEP;
  }

  @Override
  int compareSameType(RegoValue other) {
    return compare(value, ((RegoString) other).value);
  }

  /**
   * Compares by code point. {@code String.compareTo} would put the astral characters, whose UTF-16
   * units are surrogates, before U+E000 to U+FFFF.
   */
  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNeither = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNeither ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof RegoString that && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
