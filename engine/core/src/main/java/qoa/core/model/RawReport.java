package qoa.core.model;

import java.util.List;

/**
 * One message as it arrived, before anybody looked into it. Where an engine has re-keyed it, it was
 * read from another stream than the one it came from; then both are known, and all that people see
 * names the one it came from.
 *
 * @param source the stream it came from; one object is shared by all messages of a stream
 * @param offset its place in that stream
 * @param timestamp the transport's time, in milliseconds since the epoch; 0 or less, such as {@link
 *     #NO_TIME}, where it has none
 * @param key the message key; may be null
 * @param value the message; null where the transport delivered none
 * @param headers the transport's headers, in order; empty where it has none
 * @param home the stream it was read from; the source itself unless it was re-keyed
 * @param homeOffset its place in its home
 * @param isJudged whether it was judged before its application moved to this home: it only fills
 *     the windows that were open then
 */
public record RawReport(
    Partition source,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    List<Header> headers,
    Partition home,
    long homeOffset,
    boolean isJudged)
    implements Incoming {

  /** The transport gave no time; Kafka's own value for that. */
  public static final long NO_TIME = -1;

  /** A header of the transport; {@code value} may be null. */
  public record Header(String name, byte[] value) {}

  /** A message read where it came from. */
  public RawReport(
      Partition source,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      List<Header> headers) {
    this(source, offset, timestamp, key, value, headers, source, offset, false);
  }

  /** The same message, which was judged where it came from. */
  public RawReport judged() {
    return new RawReport(source, offset, timestamp, key, value, headers, home, homeOffset, true);
  }

  /** Whether the transport says when it took the message. */
  public boolean hasTimestamp() {
    return timestamp > 0;
  }

  /** Where this message came from. */
  public Position position() {
    return new Position(source.topic(), source.partition(), offset);
  }
}
