package qoa.rego.value;

import qoa.rego.budget.Budget;

/**
 * Takes from a budget what work on values costs, before it is done. Not part of the API.
 *
 * <p>Every method throws {@link qoa.rego.budget.LimitException} where the budget is used up.
 */
public final class Costs {
  private Costs() {}

  /** Takes steps for comparing two values, which may be equal. */
  public static void comparison(Budget budget, RegoValue a, RegoValue b) {
    if (!a.isSmall() || b instanceof DecimalNumber) {
      largeComparison(budget, a, b);
    }
  }

  private static void largeComparison(Budget budget, RegoValue a, RegoValue b) {
    if (a instanceof DecimalNumber || b instanceof DecimalNumber) {
      budget.charge(Math.max(a.weight(), b.weight()));
    } else if (a.type() == b.type()) {
      budget.charge(Math.min(a.weight(), b.weight()));
    }
  }

  /** Takes steps for finding a key or a member, by its hash or by comparing it with a few. */
  public static void key(Budget budget, RegoValue key) {
    if (!key.isSmall()) {
      budget.charge(2L * key.weight());
    }
  }

  /** Takes steps for going through an object or a set in Rego's order, which may sort it. */
  public static void order(Budget budget, RegoValue collection) {
    int size = collection.length();
    if (size > RegoSet.SMALL) {
      long weight =
          collection instanceof RegoObject object ? object.keysWeight() : collection.weight();
      budget.charge(weight * log2(size) / 8);
    }
  }

  /** Takes steps for sorting the elements of an array. */
  public static void sort(Budget budget, RegoValue collection) {
    budget.charge((long) collection.weight() * log2(Math.max(1, collection.length())) / 2);
  }

  private static long log2(int size) {
    return 1L + Integer.SIZE - Integer.numberOfLeadingZeros(size);
  }
}
