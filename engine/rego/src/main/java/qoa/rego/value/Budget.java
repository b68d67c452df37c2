package qoa.rego.value;

/**
 * What one evaluation may still use: steps, which stand for work, and memory. Whoever does work in
 * proportion to something, or makes a value, takes it from here first; so an evaluation ends before
 * it does harm, and at the same place each time. Used by one thread.
 *
 * <p>A step is about 50 ns of work. Every method throws {@link LimitException} where the budget is
 * used up.
 */
public abstract class Budget {

  /** For what is not a policy's doing, such as the documents of contracts. */
  public static final Budget UNLIMITED =
      new Budget() {
        @Override
        public void charge(long steps) {}

        @Override
        public void reserve(long bytes) {}
      };

  /** What making one element of a collection costs. */
  private static final int ELEMENT_STEPS = 8;

  /** An element and its share of the collection. */
  private static final int ELEMENT_BYTES = 64;

  /** UTF-16 units of text that one step makes. */
  private static final int TEXT_PER_STEP = 4;

  /** A text in the making, grown by doubling, and the text at the end. */
  private static final int TEXT_BYTES = 4;

  /** Takes steps for work. */
  public abstract void charge(long steps);

  /** Takes memory for what is about to be made. Nothing gives memory back. */
  public abstract void reserve(long bytes);

  /** Takes steps and memory for elements of a collection that are about to be added. */
  public final void elements(long count) {
    charge(count * ELEMENT_STEPS);
    reserve(count * ELEMENT_BYTES);
  }

  /**
   * Takes steps and memory for a text that is about to be made.
   *
   * @param length in UTF-16 units
   */
  public final void text(long length) {
    LimitException.requireText(length);
    charge(length / TEXT_PER_STEP);
    reserve(length * TEXT_BYTES);
  }

  /** Takes steps for comparing two values, which may be equal. */
  public final void comparison(RegoValue a, RegoValue b) {
    if (!a.isSmall() || b instanceof DecimalNumber) {
      largeComparison(a, b);
    }
  }

  private void largeComparison(RegoValue a, RegoValue b) {
    if (a instanceof DecimalNumber || b instanceof DecimalNumber) {
      charge(Math.max(a.weight(), b.weight()));
    } else if (a.type() == b.type()) {
      charge(Math.min(a.weight(), b.weight()));
    }
  }

  /** Takes steps for finding a key or a member, by its hash or by comparing it with a few. */
  public final void key(RegoValue key) {
    if (!key.isSmall()) {
      charge(2L * key.weight());
    }
  }

  /** Takes steps for going through an object or a set in Rego's order, which may sort it. */
  public final void order(RegoValue collection) {
    int size = collection.length();
    if (size > RegoSet.SMALL) {
      long weight =
          collection instanceof RegoObject object ? object.keysWeight() : collection.weight();
      charge(weight * log2(size) / 8);
    }
  }

  /** Takes steps for sorting the elements of an array. */
  public final void sort(RegoValue collection) {
    charge((long) collection.weight() * log2(Math.max(1, collection.length())) / 2);
  }

  private static long log2(int size) {
    return 1L + Integer.SIZE - Integer.numberOfLeadingZeros(size);
  }
}
