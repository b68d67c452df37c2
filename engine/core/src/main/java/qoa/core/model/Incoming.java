package qoa.core.model;

/**
 * What a partition delivers, in order: a message that should be a report, a progress mark of
 * another partition, an application that moves here, or a message that is none of these.
 */
public sealed interface Incoming permits RawReport, PartitionMark, Handover, DeadLetter {

  /** The partition that it was read from; all messages of a partition share one object. */
  Partition partition();

  /** Its offset in that partition. */
  long offset();
}
