package qoa.service.cli;

/** A progress line on standard error, if that is a terminal. */
final class ProgressLine {

  /** Set by scripts/qoa: Java cannot tell whether standard error is a terminal. */
  private static final boolean TERMINAL = Boolean.getBoolean("qoa.terminal");

  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long NEXT_NANOS = 200_000_000L;

  private final String what;
  private final long start = System.nanoTime();
  private long next = start + FIRST_NANOS;
  private boolean shown;

  /**
   * @param what the plural of what is read, such as {@code reports}
   */
  ProgressLine(String what) {
    this.what = what;
  }

  /** Shows how many were read. Updates the line at most 5 times per second. */
  void show(long read) {
    long now = System.nanoTime();
    if (TERMINAL && now >= next) {
      next = now + NEXT_NANOS;
      shown = true;
      double seconds = (now - start) / 1e9;
      System.err.printf("\r%,d %s, %,.0f per second ", read, what, read / seconds);
    }
  }

  /** Removes the line. */
  void wipe() {
    if (shown) {
      System.err.print("\r" + " ".repeat(60) + "\r");
      shown = false;
    }
  }
}
