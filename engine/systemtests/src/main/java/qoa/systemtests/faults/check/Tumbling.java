package qoa.systemtests.faults.check;

/**
 * Tumbling windows of one size, which begin at multiples of it.
 *
 * @param size the size in milliseconds; 0 if each report is judged
 * @param grace the grace in milliseconds
 */
record Tumbling(long size, long grace) {

  /** The window of a time. */
  ExpectedWindow at(long time) {
    long start = Math.floorDiv(time, size) * size;
    return new ExpectedWindow(start, start + size, grace);
  }

  /** Whether a window begins at a time. */
  boolean beginsAt(long time) {
    return Math.floorMod(time, size) == 0;
  }

  /** The first time, not before the given one, at which windows of both sizes begin. */
  long commonStart(Tumbling other, long earliest) {
    long start = -Math.floorDiv(-earliest, size) * size;
    while (!other.beginsAt(start)) {
      start += size;
    }
    return start;
  }
}
