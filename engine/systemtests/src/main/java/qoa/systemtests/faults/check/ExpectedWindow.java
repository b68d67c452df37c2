package qoa.systemtests.faults.check;

/**
 * A tumbling window; times in milliseconds since the epoch.
 *
 * @param end the first millisecond after it
 * @param grace how long it accepts reports after its end, in milliseconds
 */
record ExpectedWindow(long start, long end, long grace) implements Comparable<ExpectedWindow> {

  /** The watermark that closes it. */
  long closesAt() {
    return end + grace;
  }

  long size() {
    return end - start;
  }

  @Override
  public int compareTo(ExpectedWindow other) {
    return start == other.start ? Long.compare(end, other.end) : Long.compare(start, other.start);
  }
}
