package qoa.systemtests.faults.check;

import qoa.systemtests.faults.check.Judgement.Verdict;

/**
 * The lifecycle of one promise from window to window. A violation opens after a number of violated
 * windows in a row, and resolves after a number of met ones. Undetermined windows do not count, and
 * do not interrupt a row.
 */
final class Course {

  private final int openAfter;
  private final int resolveAfter;
  private boolean open;
  private long since;
  private int violated;
  private int met;

  Course(int openAfter, int resolveAfter) {
    this.openAfter = openAfter;
    this.resolveAfter = resolveAfter;
  }

  /**
   * Takes the verdict of the next window.
   *
   * @param start the start of the window, in milliseconds since the epoch
   * @return the type of the event that it causes; null for none
   */
  String next(Verdict verdict, long start) {
    return switch (verdict) {
      case UNDETERMINED -> "qoa.constraint.undetermined";
      case VIOLATED -> violated(start);
      case MET -> met();
    };
  }

  private String violated(long start) {
    met = 0;
    if (open) {
      return "qoa.violation.continued";
    }
    if (violated == 0) {
      since = start;
    }
    violated++;
    open = violated >= openAfter;
    return open ? "qoa.violation.opened" : null;
  }

  private String met() {
    violated = 0;
    met++;
    if (!open || met < resolveAfter) {
      return null;
    }
    open = false;
    return "qoa.violation.resolved";
  }

  boolean isOpen() {
    return open;
  }

  /** The start of the window in which the violation began, also for the event that resolves it. */
  long since() {
    return since;
  }
}
