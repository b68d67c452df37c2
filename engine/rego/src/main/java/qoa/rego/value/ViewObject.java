package qoa.rego.value;

import qoa.rego.budget.Budget;

/**
 * An object that looks a value up in another structure when it is asked for, and becomes a copy of
 * that structure when all values are asked for. The structure must not change.
 *
 * <p>Unlike other values it is for one thread.
 */
abstract sealed class ViewObject extends RegoObject permits MapView, RecordView {
  /** As deep as an input is without its report, which is no view. */
  private static final int DEPTH = 8;

  /** Pays for what is made when it is asked for. */
  final Budget budget;

  private TableObject copy;

  ViewObject(Budget budget) {
    this.budget = budget;
    deepen(DEPTH);
  }

  /** All entries. */
  abstract TableObject entries();

  private TableObject whole() {
    if (copy == null) {
      budget.elements(size());
      copy = entries();
    }
    return copy;
  }

  @Override
  final long weightOfParts() {
    return whole().weightOfParts();
  }

  @Override
  public final long keysWeight() {
    return whole().keysWeight();
  }

  @Override
  final TableObject copy() {
    return whole().copy();
  }

  @Override
  final void insert(RegoValue key, RegoValue value) {
    throw new UnsupportedOperationException("a view is not built");
  }

  @Override
  public final RegoValue keyAt(int rank) {
    return whole().keyAt(rank);
  }

  @Override
  public final RegoValue valueAt(int rank) {
    return whole().valueAt(rank);
  }

  @Override
  final boolean sameEntries(RegoObject that) {
    return whole().sameEntries(that);
  }

  @Override
  public final int hashCode() {
    return whole().hashCode();
  }
}
