package qoa.engine.ingest;

import qoa.engine.model.RawReport;
import qoa.engine.model.Report;

/** Makes reports of messages. Not safe for several threads. */
@FunctionalInterface
public interface Decoder {

  /**
   * Decodes one message.
   *
   * @throws UndecodableException where it is not a report; it is a dead letter then
   */
  Report decode(RawReport raw) throws UndecodableException;
}
