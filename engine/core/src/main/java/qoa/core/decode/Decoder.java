package qoa.core.decode;

import qoa.core.model.RawReport;
import qoa.core.model.Report;

/** Decodes messages to reports. Not thread-safe. */
@FunctionalInterface
public interface Decoder {

  /**
   * Decodes one message.
   *
   * @throws UndecodableException if it is not a report; it then becomes a dead letter
   */
  Report decode(RawReport raw) throws UndecodableException;
}
