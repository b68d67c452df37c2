package qoa.core.decode;

import qoa.core.model.RawReport;
import qoa.core.model.Report;

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
