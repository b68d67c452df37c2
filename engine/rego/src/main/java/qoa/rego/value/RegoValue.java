package qoa.rego.value;

import qoa.rego.budget.Budget;

/**
 * A Rego value. Ordered as Rego orders values: null, booleans, numbers, strings, arrays, objects,
 * sets, and within a type by content. {@code equals} and {@code compareTo} agree.
 *
 * <p>Immutable and safe to share between threads, once built.
 */
public abstract sealed class RegoValue implements Comparable<RegoValue>
    permits RegoNull, RegoBoolean, RegoNumber, RegoString, RegoComposite {

  /** The types of values, in the order in which Rego sorts them. */
  public enum Type {
    NULL("null"),
    BOOLEAN("boolean"),
    NUMBER("number"),
    STRING("string"),
    ARRAY("array"),
    OBJECT("object"),
    SET("set");

    private final String regoName;

    Type(String regoName) {
      this.regoName = regoName;
    }

    /** The name that {@code type_name} gives and that error messages use. */
    public String regoName() {
      return regoName;
    }
  }

  /** Never null. */
  public abstract Type type();

  /**
   * What {@code this[key]} refers to: an array's element, an object's value, a set's member.
   *
   * @return null where Rego says undefined
   */
  public RegoValue get(RegoValue key) {
    return null;
  }

  /** The number of elements of a collection, the number of code points of a string, else -1. */
  public int length() {
    return -1;
  }

  /** Whether looking at all of it costs next to nothing. */
  boolean isSmall() {
    return true;
  }

  /**
   * The steps that it takes to look at all of it. A part that it holds several times counts several
   * times, because walks visit it several times. At least 1; ends at {@link Integer#MAX_VALUE}.
   */
  public int weight() {
    return 1;
  }

  /** Orders two values of the same type; {@code other} has this value's type. */
  abstract int compareSameType(RegoValue other);

  @Override
  public final int compareTo(RegoValue other) {
    if (this == other) {
      return 0;
    }
    int byType = type().compareTo(other.type());
    return byType != 0 ? byType : compareSameType(other);
  }

  @Override
  public abstract boolean equals(Object other);

  @Override
  public abstract int hashCode();

  /** The value as a Rego term, as OPA prints it: {@code {"a": [1, set()]}}. */
  @Override
  public final String toString() {
    return TermText.of(this, Budget.UNLIMITED);
  }
}
