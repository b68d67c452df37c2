package qoa.core.settings;

import java.time.Duration;
import qoa.core.model.ReportBounds;

/**
 * What the engine takes in at most.
 *
 * @param reportBytes size of a report's message; what is larger is a dead letter
 * @param reportDepth how deep a report's objects and lists may lie in one another
 * @param timeAhead how far a report's event time may lie ahead of its Kafka record's timestamp
 * @param series how many time series a metric may have; what is over is counted under {@code other}
 * @param evaluation what one evaluation may use
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

  /** Reports of 1 MiB, 100 deep, 5 minutes ahead; 10,000 series a metric. */
  public static LimitsConfig defaults() {
    return new LimitsConfig(
        KIB * KIB, 100, Duration.ofMinutes(5), 10_000, EvaluationConfig.defaults());
  }
}
