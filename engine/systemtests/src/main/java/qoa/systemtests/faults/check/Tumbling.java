package qoa.systemtests.faults.check;

/**
 * Windows of one size, which begin at multiples of it.
 *
 * @param size in milliseconds; 0 where each report is judged
 * @param grace in milliseconds
 */
record Tumbling(long size, long grace) {

  /** The window that a moment lies in. */
  ExpectedWindow at(long time) {
    long start = Math.floorDiv(time, size) * size;
    return new ExpectedWindow(start, start + size, grace);
  }

  /** Whether a window begins at this moment. */
  boolean beginsAt(long time) {
    return Math.floorMod(time, size) == 0;
  }

  /** The first moment, not before this one, at which windows of both begin. */
  long commonStart(Tumbling other, long earliest) {
    long start = -Math.floorDiv(-earliest, size) * size;
    while (!other.beginsAt(start)) {
      start += size;
    }
    return start;
  }
}
