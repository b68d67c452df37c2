package qoa.systemtests.faults.check;

import java.util.HashMap;
import java.util.Map;

/**
 * How far event time has come for one application, as its reports lie. It has come as far as the
 * partition that is the least advanced, and no further than the second most advanced sender: so a
 * sender whose clock is ahead moves nobody. A sender vouches for no more than the time at which it
 * sent. One that is alone counts after it has reported for ten seconds by its own clock.
 *
 * <p>Silence by the clock plays no part: the runs' {@code idle-timeout} outlasts them.
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

  /** Takes note of a report. */
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

  /** In milliseconds since the epoch; {@link Long#MIN_VALUE} where nobody can tell. */
  long value() {
    return value;
  }
}
