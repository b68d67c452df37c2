package qoa.engine.model;

import java.util.List;

/**
 * One message as it arrived, before anybody looked into it.
 *
 * @param source the stream it came from; one object is shared by all messages of a stream
 * @param offset its place in that stream
 * @param timestamp the transport's time, in milliseconds since the epoch
 * @param key the message key; may be null
 * @param value the message; null where the transport delivered none
 * @param headers the transport's headers, in order; empty where it has none
 */
public record RawReport(
    Source source, long offset, long timestamp, byte[] key, byte[] value, List<Header> headers) {

  /** A header of the transport; {@code value} may be null. */
  public record Header(String name, byte[] value) {}

  /** Where this message came from. */
  public Position position() {
    return new Position(source.topic(), source.partition(), offset);
  }
}
