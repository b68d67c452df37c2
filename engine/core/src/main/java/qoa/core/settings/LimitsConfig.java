package qoa.core.settings;

import java.time.Duration;
import qoa.core.model.ReportBounds;

/**
 * The limits of reports, metrics and evaluations.
 *
 * @param reportBytes size of the largest report; a larger one becomes a dead letter
 * @param reportDepth nesting depth of the objects and lists in a report
 * @param timeAhead how far the event time of a report may be ahead of the timestamp of its Kafka
 *     record
 * @param series time series of one metric; further ones are counted under {@code other}
 * @param evaluation limits of one evaluation
 */
public record LimitsConfig(
    long reportBytes,
    int reportDepth,
    Duration timeAhead,
    int series,
    EvaluationConfig evaluation) {

  private static final long KIB = 1024;
  private static final Duration YEAR = Duration.ofDays(365);

  public LimitsConfig {
    new Checks()
        .that(
            "report-bytes",
            reportBytes >= KIB && reportBytes <= ReportBounds.BYTES,
            "1KiB to 64MiB")
        .that("report-depth", reportDepth >= 8 && reportDepth <= ReportBounds.DEPTH, "8 to 1000")
        .that("time-ahead", timeAhead.compareTo(YEAR) <= 0, "0s to 365d")
        .that("series", series >= 10 && series <= 1_000_000, "10 to 1000000")
        .done();
  }

  /** Reports of 1 MiB, depth 100, 5 minutes ahead; 10,000 series for each metric. */
  public static LimitsConfig defaults() {
    return new LimitsConfig(
        KIB * KIB, 100, Duration.ofMinutes(5), 10_000, EvaluationConfig.defaults());
  }
}
