package qoa.core.read;

/** Reads recorded reports, of which there is an end. */
public interface RecordedSource extends ReportSource {

  /** Whether all messages were delivered. */
  boolean isExhausted();
}
