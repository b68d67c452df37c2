package qoa.rego.budget;

/**
 * What one evaluation may still use: steps, which stand for work, and memory. Code takes what it
 * needs from here before it works in proportion to something or makes a value. So an evaluation
 * ends before it does harm, and at the same place each time. Used by one thread.
 *
 * <p>A step is about 50 ns of work. Every method throws {@link LimitException} where the budget is
 * used up.
 */
public abstract class Budget {

  /** For work that no policy causes, such as reading the documents of the base data. */
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

  /** A text while it is made, grown by doubling, and the text at the end. */
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
}
