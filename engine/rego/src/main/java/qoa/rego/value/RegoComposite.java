package qoa.rego.value;

import qoa.rego.budget.LimitException;

/**
 * A value that holds others. It knows how deep they are nested, so that no walk through a value
 * runs out of stack, and its weight, so that walks can be paid for in advance.
 */
public abstract sealed class RegoComposite extends RegoValue
    permits RegoArray, RegoObject, RegoSet {

  /**
   * How deep values may be nested: as deep as reports and JSON texts, 1,000 levels, and what
   * policies put around them.
   */
  public static final int MAX_DEPTH = 1_100;

  private int depth = 1;

  /** What {@link #weight} found; 0 before, and after a change. */
  private int weight;

  /** How many levels of composites there are, at least 1; may be too many by a few. */
  public final int depth() {
    return depth;
  }

  /** Whether it has more than so many levels, or more than so many parts and characters. */
  public final boolean isLarger(int levels, int size) {
    return depth > levels || weight() > size / RegoString.PER_STEP;
  }

  /**
   * Takes note of a value that this one is about to hold.
   *
   * @throws LimitException where it would be nested too deeply
   */
  final void holds(RegoValue value) {
    if (value instanceof RegoComposite composite && composite.depth >= depth) {
      deepen(composite.depth + 1);
    }
  }

  final void holdsAll(RegoValue[] values, int size) {
    for (int i = 0; i < size; i++) {
      holds(values[i]);
    }
  }

  /** Makes it at least so deep. */
  final void deepen(int least) {
    if (least > MAX_DEPTH) {
      throw new LimitException("a value nested more than " + MAX_DEPTH + " levels deep");
    }
    depth = Math.max(depth, least);
  }

  /** Only while the value is being built. */
  final void changed() {
    weight = 0;
  }

  @Override
  final boolean isSmall() {
    return false;
  }

  @Override
  public final int weight() {
    int known = weight;
    if (known == 0) {
      known = (int) Math.min(Integer.MAX_VALUE, 1 + weightOfParts());
      weight = known;
    }
    return known;
  }

  /** The sum of the weights of all that it holds, as often as it holds it. */
  abstract long weightOfParts();
}
