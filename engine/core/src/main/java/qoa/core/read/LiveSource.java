package qoa.core.read;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qoa.core.model.Partition;

/** Reads reports as they come, from partitions that it is assigned as a member of a group. */
public interface LiveSource extends ReportSource {

  /**
   * Begins to read; to be called once, before anything else.
   *
   * @param listener told which partitions are assigned
   */
  void open(RebalanceListener listener);

  /** Goes back to the committed positions: all partitions are assigned anew. */
  void rewind();

  /** Stops delivering, or continues; {@code poll} must still be called while paused. */
  void pause(boolean paused);

  /** Why no reports can come now, for operators; empty where they can. */
  Optional<String> trouble();

  /** The partitions that reports are sent to, whichever member reads them. */
  Set<Partition> sourcePartitions();

  /** As {@link #sourcePartitions}, as it is now: asks the brokers, which may take a while. */
  Set<Partition> sourcePartitionsNow();

  /** The number of messages of each partition that were not delivered yet, as of the last poll. */
  Map<Partition, Long> lag();

  /** As {@link #lag}, as it is now: asks the brokers, which may take a while. */
  Map<Partition, Long> lagNow();
}
