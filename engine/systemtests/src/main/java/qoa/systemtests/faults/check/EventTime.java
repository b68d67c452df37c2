package qoa.systemtests.faults.check;

import java.util.HashMap;
import java.util.Map;

/**
 * The watermark of one application, computed from its reports. It is the time of the least advanced
 * partition, and not later than the time of the second most advanced sender, so a sender whose
 * clock is ahead moves no other sender's time. A sender counts up to the time at which it sent. A
 * single sender counts after it has reported for ten seconds by its own clock.
 *
 * <p>Idleness does not matter: {@code idle-timeout} is longer than a run.
 */
final class EventTime {

  private static final long INTRODUCTION_MILLIS = 10_000;

  private final Map<Integer, Long> partitions = new HashMap<>();
  private final Map<String, Sender> senders = new HashMap<>();
  private long value = Long.MIN_VALUE;

  private static final class Sender {
    final long began;
    long latest;
    long vouched = Long.MIN_VALUE;

    Sender(long began) {
      this.began = began;
      this.latest = began;
    }
  }

  /** Takes a report. */
  void take(FoundReport report) {
    partitions.merge(report.place().partition(), report.time(), Math::max);
    Sender sender = senders.computeIfAbsent(report.sender(), s -> new Sender(report.sent()));
    sender.latest = Math.max(sender.latest, report.sent());
    sender.vouched = Math.max(sender.vouched, Math.min(report.time(), report.sent()));
    value = Math.max(value, Math.min(leastAdvancedPartition(), secondMostAdvancedSender()));
  }

  private long leastAdvancedPartition() {
    return partitions.values().stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private long secondMostAdvancedSender() {
    if (senders.size() == 1) {
      Sender alone = senders.values().iterator().next();
      boolean isKnown = alone.latest - alone.began >= INTRODUCTION_MILLIS;
      return isKnown ? alone.vouched : Long.MIN_VALUE;
    }
    long first = Long.MIN_VALUE;
    long second = Long.MIN_VALUE;
    for (Sender sender : senders.values()) {
      second = Math.max(second, Math.min(first, sender.vouched));
      first = Math.max(first, sender.vouched);
    }
    return second;
  }

  /**
   * The watermark, in milliseconds since the epoch; {@link Long#MIN_VALUE} if there is none yet.
   */
  long value() {
    return value;
  }
}
