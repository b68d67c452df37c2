package qoa.core.model;

import java.util.List;

/**
 * One message as it arrived, not yet decoded. A re-keyed message was read from another partition
 * than it was sent to; then both are known, and everything that people see names the source
 * partition.
 *
 * @param sourcePartition the partition that it was sent to; messages of a partition share one
 *     object
 * @param sourceOffset its offset there
 * @param timestamp the transport's time, in milliseconds since the epoch; 0 or less, such as {@link
 *     #NO_TIME}, where it has none
 * @param key the message key; may be null
 * @param value the message; null where the transport delivered none
 * @param headers the transport's headers, in order; empty where it has none
 * @param partition the partition that it was read from; the source partition unless it is re-keyed
 * @param offset its offset there
 * @param isJudged whether it was judged before its application moved here: it only fills the
 *     windows that were open then
 */
public record RawReport(
    Partition sourcePartition,
    long sourceOffset,
    long timestamp,
    byte[] key,
    byte[] value,
    List<Header> headers,
    Partition partition,
    long offset,
    boolean isJudged)
    implements Incoming {

  /** The transport gave no time; Kafka's own value for that. */
  public static final long NO_TIME = -1;

  /** A header of the transport; {@code value} may be null. */
  public record Header(String name, byte[] value) {}

  /** A message that is not re-keyed. */
  public RawReport(
      Partition partition,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      List<Header> headers) {
    this(partition, offset, timestamp, key, value, headers, partition, offset, false);
  }

  /** The same message, judged in its source partition. */
  public RawReport judged() {
    return new RawReport(
        sourcePartition, sourceOffset, timestamp, key, value, headers, partition, offset, true);
  }

  /** Whether the transport tells when it took the message. */
  public boolean hasTimestamp() {
    return timestamp > 0;
  }

  /** Its position in the source partition. */
  public Position position() {
    return new Position(sourcePartition.topic(), sourcePartition.partition(), sourceOffset);
  }
}
