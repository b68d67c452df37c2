package qoa.engine.model;

/**
 * What a source delivers, in the order of its home: a message that should be a report, word of how
 * far another source has been read, or a message that is neither.
 */
public sealed interface Incoming permits RawReport, SourceMark, DeadLetter {

  /** The stream it was read from; one object is shared by all that a stream delivers. */
  Source home();

  /** Its place in that stream. */
  long homeOffset();
}
