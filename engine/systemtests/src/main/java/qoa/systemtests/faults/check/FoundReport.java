package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A report as the checker reads it.
 *
 * @param sent the timestamp of its record, in milliseconds since the epoch
 * @param sender the client that sent it
 * @param time the event time, in milliseconds since the epoch
 */
record FoundReport(
    Place place,
    long sent,
    String application,
    String sender,
    long time,
    List<Observation> observations) {

  /** One number. */
  record Observation(String stage, String metric, double value) {}

  private record Placed(FoundReport report, long sent) {}

  /** Whether this report is earlier in event time, or at the same time earlier in the topic. */
  boolean isBefore(FoundReport other) {
    return time < other.time || (time == other.time && place.compareTo(other.place) < 0);
  }

  /**
   * An order in which the reports may have been read: by offset within a partition, by the time of
   * sending across partitions. A record was sent before all records after it, regardless of its
   * timestamp.
   */
  static List<FoundReport> inOrder(List<FoundReport> reports) {
    List<FoundReport> backwards = new ArrayList<>(reports);
    backwards.sort(Comparator.comparing(FoundReport::place).reversed());
    Map<Integer, Long> before = new HashMap<>();
    List<Placed> placed = new ArrayList<>();
    for (FoundReport report : backwards) {
      long sent = before.merge(report.place.partition(), report.sent, Math::min);
      placed.add(new Placed(report, sent));
    }
    return placed.stream()
        .sorted(Comparator.comparingLong(Placed::sent).thenComparing(p -> p.report.place))
        .map(Placed::report)
        .toList();
  }
}
