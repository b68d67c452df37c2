package qoa.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The size of the largest record of each topic, so that the engine never sends a record that a
 * broker would refuse. Sizes are upper bounds before compression: whether a record fits depends
 * only on the record and on {@code max.message.bytes} of the topic. For one thread.
 */
public final class RecordLimits {

  /** A record without key, value and headers, in a batch of its own. */
  private static final int RECORD_BYTES = 100;

  private static final int HEADER_BYTES = 10;

  /** UTF-8 takes up to three bytes for a {@code char}. */
  private static final int BYTES_OF_A_CHAR = 3;

  /** Compression may enlarge a record, by less than a 64th and 64 bytes. */
  private static final int COMPRESSION_SHARE = 64;

  private final Map<String, Integer> topics = new HashMap<>();
  private final Map<String, Integer> refused = new HashMap<>();

  /**
   * Sets the limit of a topic. If it has changed, earlier refusals are forgotten.
   *
   * @param bytes {@code max.message.bytes} of the topic, or the largest record of the producer
   */
  public void set(String topic, int bytes) {
    Integer before = topics.put(topic, bytes);
    if (before != null && before != bytes) {
      refused.remove(topic);
    }
  }

  /**
   * Records that a topic refused a record within its limit.
   *
   * @param bytes the size of the record, as in {@link #sizeOf}
   */
  public void refuse(String topic, int bytes) {
    refused.merge(topic, bytes - 1, Math::min);
  }

  /** The size of the largest record that a topic accepts; unlimited for an unknown topic. */
  public int of(String topic) {
    return Math.min(
        topics.getOrDefault(topic, Integer.MAX_VALUE),
        refused.getOrDefault(topic, Integer.MAX_VALUE));
  }

  /** Whether the topic of a record accepts it. */
  public boolean takes(ProducerRecord<byte[], byte[]> message) {
    return sizeOf(message) <= of(message.topic());
  }

  /** The largest possible size of a record in a batch of its own, in bytes. */
  public static int sizeOf(ProducerRecord<byte[], byte[]> message) {
    long bytes = (long) RECORD_BYTES + length(message.key()) + length(message.value());
    for (Header header : message.headers()) {
      bytes += (long) HEADER_BYTES + (long) header.key().length() * BYTES_OF_A_CHAR;
      bytes += length(header.value());
    }
    bytes += bytes / COMPRESSION_SHARE + COMPRESSION_SHARE;
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
