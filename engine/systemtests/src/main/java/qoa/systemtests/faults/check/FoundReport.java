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
 * @param sender which client sent it
 * @param time event time, in milliseconds since the epoch
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

  /** Earlier in event time; of two at the same time, the one that lies before the other. */
  boolean isBefore(FoundReport other) {
    return time < other.time || (time == other.time && place.compareTo(other.place) < 0);
  }

  /**
   * One of the orders in which they may have been read: each partition's as they lie there, those
   * of different partitions by when they were sent. A record was sent before all that lie behind
   * it, whatever its timestamp says.
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
