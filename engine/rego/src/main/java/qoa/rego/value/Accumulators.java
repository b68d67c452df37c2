package qoa.rego.value;

import java.util.function.Function;

/**
 * Fills collections in place, for code that makes them step by step: instructions and builtins.
 * Only the code that made a collection here may fill it, and only until it hands the collection on.
 * From then on it is immutable like any value. Not part of the API.
 */
public final class Accumulators {
  private Accumulators() {}

  /** A new array to append to. */
  public static RegoArray array(int capacity) {
    return RegoArray.withCapacity(capacity);
  }

  /** A new object to insert into. */
  public static RegoObject object(int capacity) {
    return new TableObject(capacity);
  }

  /**
   * Makes objects that have the same keys, and share them.
   *
   * @param keys all different
   * @return takes the values in the order of the keys, and keeps the array
   */
  public static Function<RegoValue[], RegoObject> objects(RegoValue... keys) {
    KeyTable table = new KeyTable(keys.length);
    for (RegoValue key : keys) {
      table.add(key);
    }
    return values -> new TableObject(table, values);
  }

  /** A new object with the entries of {@code from} to insert into. */
  public static RegoObject copy(RegoObject from) {
    return from.copy();
  }

  /** A new set to add to. */
  public static RegoSet set(int capacity) {
    return new RegoSet(capacity);
  }

  public static void append(RegoArray array, RegoValue element) {
    array.append(element);
  }

  /** Replaces the value of a key that is there already. */
  public static void insert(RegoObject object, RegoValue key, RegoValue value) {
    object.insert(key, value);
  }

  /** Changes nothing where the set has the member already. */
  public static void add(RegoSet set, RegoValue member) {
    set.add(member);
  }
}
