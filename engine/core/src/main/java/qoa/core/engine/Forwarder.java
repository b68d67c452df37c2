package qoa.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qoa.core.lifecycle.Status;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.sink.RekeyedTopic;

/**
 * Writes to the topic of re-keyed reports, and knows when progress marks are due. Used by the
 * engine's one thread.
 */
final class Forwarder {

  /** How often progress marks of silent partitions are written. */
  private static final long MARK_MILLIS = 1_000;

  private final RekeyedTopic topic;
  private boolean hasForwarded;
  private long nextMark;

  /**
   * @param topic null where reports are not re-keyed; then only {@link #hasForwarded} and {@link
   *     #isToMark} may be called
   */
  Forwarder(RekeyedTopic topic) {
    this.topic = topic;
  }

  /**
   * Forwards a report.
   *
   * @return why it cannot be forwarded, for people; empty where it is taken
   */
  Optional<String> forward(RawReport report, String application) {
    hasForwarded = true;
    return topic.forward(report, application);
  }

  /**
   * Hands over the applications of a partition.
   *
   * @return whether there were any
   */
  boolean handOver(Partition partition, PartitionStates states, List<Status> statuses) {
    boolean any = Handovers.handOver(topic, partition, states, statuses);
    hasForwarded |= any;
    return any;
  }

  /** Whether anything was forwarded or handed over since the last mark. */
  boolean hasForwarded() {
    return hasForwarded;
  }

  /** Whether a mark is due. */
  boolean isToMark(long now) {
    return hasForwarded || now >= nextMark;
  }

  /** Writes a progress mark. */
  void mark(Map<Partition, Boolean> caughtUp, long now) {
    topic.mark(caughtUp);
    hasForwarded = false;
    nextMark = now + MARK_MILLIS;
  }
}
