package qoa.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * How large a record may be, by topic, so that a record that a broker would refuse is never sent.
 * Sizes are upper bounds before compression: whether a record fits depends on nothing but the
 * record and the topic's {@code max.message.bytes}. For one thread.
 */
public final class RecordLimits {

  /** A record of no key, no value and no headers, in a batch of its own. */
  private static final int RECORD_BYTES = 100;

  private static final int HEADER_BYTES = 10;

  /** UTF-8 takes up to three bytes for a {@code char}. */
  private static final int BYTES_OF_A_CHAR = 3;

  /** Compression makes what cannot be compressed larger, by less than a 64th and 64 bytes. */
  private static final int COMPRESSION_SHARE = 64;

  private final Map<String, Integer> topics = new HashMap<>();
  private final Map<String, Integer> refused = new HashMap<>();

  /**
   * Takes note of what a topic takes. A refusal before it no longer counts where this is new.
   *
   * @param bytes the topic's {@code max.message.bytes}, or what the producer sends at most
   */
  public void set(String topic, int bytes) {
    Integer before = topics.put(topic, bytes);
    if (before != null && before != bytes) {
      refused.remove(topic);
    }
  }

  /**
   * Takes note that a topic refused a record that fits as far as was known.
   *
   * @param bytes its size, as {@link #sizeOf} has it
   */
  public void refuse(String topic, int bytes) {
    refused.merge(topic, bytes - 1, Math::min);
  }

  /** The size of the largest record that a topic takes; a topic that is not known takes any. */
  public int of(String topic) {
    return Math.min(
        topics.getOrDefault(topic, Integer.MAX_VALUE),
        refused.getOrDefault(topic, Integer.MAX_VALUE));
  }

  /** Whether its topic takes a record. */
  public boolean takes(ProducerRecord<byte[], byte[]> message) {
    return sizeOf(message) <= of(message.topic());
  }

  /** The size of a record in a batch of its own, at most, in bytes. */
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
