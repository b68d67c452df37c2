package qoa.engine.contracts;

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
   */
  record Tumbling(long size, long grace) implements Schedule {}
}
