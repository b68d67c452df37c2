package qoa.core.model;

/**
 * What a source delivers, in the order of its home: a message that should be a report, word of how
 * far another source has been read, what is known of an application that moves there, or a message
 * that is none of these.
 */
public sealed interface Incoming permits RawReport, PartitionMark, Handover, DeadLetter {

  /** The stream it was read from; one object is shared by all that a stream delivers. */
  Partition home();

  /** Its place in that stream. */
  long homeOffset();
}
