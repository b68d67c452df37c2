package qoa.core.contracts;

/** When a contract is evaluated: its {@code evaluate} key. */
public sealed interface Schedule {

  /** Once for each report. */
  record EachReport() implements Schedule {}

  /**
   * Once for each tumbling window of event time.
   *
   * @param size in milliseconds, above 0
   * @param grace how long a window waits after its end for late reports, in milliseconds, 0 or more
   * @param damping the number of windows in a row that open and resolve a violation
   */
  record Tumbling(long size, long grace, Damping damping) implements Schedule {

    /** Without damping: one violated window opens a violation, one met window resolves it. */
    public Tumbling(long size, long grace) {
      this(size, grace, Damping.NONE);
    }

    /** This schedule without damping. Contracts for which this is equal share their windows. */
    public Tumbling windows() {
      return new Tumbling(size, grace);
    }
  }

  /**
   * Keeps a value that is close to its limit from opening and resolving a violation repeatedly.
   *
   * @param openAfter the number of violated windows in a row that opens a violation, 1 or more
   * @param resolveAfter the number of met windows in a row that resolves it, 1 or more
   */
  record Damping(int openAfter, int resolveAfter) {

    /** No damping. */
    public static final Damping NONE = new Damping(1, 1);
  }
}
