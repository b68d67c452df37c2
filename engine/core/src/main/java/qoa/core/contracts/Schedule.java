package qoa.core.contracts;

/** When a contract is evaluated: its {@code evaluate} key. */
public sealed interface Schedule {

  /** Once for each report. */
  record EachReport() implements Schedule {}

  /**
   * Once for each tumbling window of event time.
   *
   * @param size milliseconds, above 0
   * @param grace how long after its end a window waits for reports that are out of order, in
   *     milliseconds, 0 or more
   * @param damping how many windows in a row open and resolve a violation
   */
  record Tumbling(long size, long grace, Damping damping) implements Schedule {

    /** The first violated window opens a violation, the first met one resolves it. */
    public Tumbling(long size, long grace) {
      this(size, grace, Damping.NONE);
    }

    /** The same windows: contracts with an equal one share them, however they are damped. */
    public Tumbling windows() {
      return new Tumbling(size, grace);
    }
  }

  /**
   * Keeps a promise at its edge from opening and resolving in turns.
   *
   * @param openAfter violated windows in a row after which a violation opens, 1 or more
   * @param resolveAfter met windows in a row after which it resolves, 1 or more
   */
  record Damping(int openAfter, int resolveAfter) {

    /** No damping. */
    public static final Damping NONE = new Damping(1, 1);
  }
}
