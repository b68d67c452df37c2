package qoa.core.model;

/**
 * A span of event time, start included, end excluded.
 *
 * @param start milliseconds since the epoch
 * @param end milliseconds since the epoch; equal to {@code start} for a single report's moment
 */
public record Window(long start, long end) {

  /**
   * The tumbling window of a size that holds a moment; windows are aligned to the epoch.
   *
   * @param time milliseconds since the epoch
   * @param size milliseconds, above 0
   */
  public static Window tumbling(long time, long size) {
    long start = Math.floorDiv(time, size) * size;
    return new Window(start, start + size);
  }

  /** The moment of a single report. */
  public static Window moment(long time) {
    return new Window(time, time);
  }
}
