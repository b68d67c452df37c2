package qoa.core.model;

/**
 * What is known of one metric over one window. Numeric aggregates are null where no number was
 * observed, {@code and} and {@code or} where no boolean was.
 *
 * @param unit the unit sent; null where none was; all of them joined by {@code |} where they differ
 * @param count observations, booleans among them
 * @param sum of the numbers
 * @param min of the numbers
 * @param max of the numbers
 * @param mean of the numbers
 * @param p50 50th percentile, within the relative error that the window package states
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param last the number with the latest event time
 * @param product of the numbers; null too where no double can hold it
 * @param and whether all booleans are true
 * @param or whether any boolean is true
 * @param evidence which reports show it
 */
public record MetricSummary(
    String unit,
    long count,
    Double sum,
    Double min,
    Double max,
    Double mean,
    Double p50,
    Double p95,
    Double p99,
    Double last,
    Double product,
    Boolean and,
    Boolean or,
    Evidence evidence) {

  /**
   * Reports that show a metric.
   *
   * @param first the report with the earliest event time
   * @param last the report with the latest event time
   * @param lowest the report with the smallest value
   * @param highest the report with the largest value
   */
  public record Evidence(Position first, Position last, Position lowest, Position highest) {}
}
