package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;

/**
 * The marks of redriven dead letters. A mark is a record in a compacted topic: the key is the
 * {@code partition:offset} of the dead letter, the value is the id of the dead-letter topic. A
 * topic that is deleted and created again starts at offset 0 with a new id, so marks of the old
 * topic do not count.
 *
 * <p>A mark takes one bit of memory. Not thread-safe.
 */
final class RedrivenMarks {

  private static final int CHUNK_BITS = 16;

  private final String deadLetterTopic;
  private final String topicId;
  private final Map<DeadLetterId, BitSet> chunks = new HashMap<>();

  /**
   * @param deadLetterTopic the name of the dead-letter topic
   * @param topicId its id
   */
  RedrivenMarks(String deadLetterTopic, Uuid topicId) {
    this.deadLetterTopic = deadLetterTopic;
    this.topicId = topicId.toString();
  }

  /** The topic that holds the marks of a dead-letter topic. */
  static String topic(String deadLetterTopic) {
    return deadLetterTopic + ".redriven";
  }

  /** The mark of a dead letter. */
  ProducerRecord<byte[], byte[]> mark(DeadLetterId deadLetter) {
    return new ProducerRecord<>(
        topic(deadLetterTopic), bytes(deadLetter.toString()), bytes(topicId));
  }

  /** Adds a mark. Ignores records that are not marks. */
  void add(ConsumerRecord<byte[], byte[]> mark) {
    if (mark.key() == null || mark.value() == null || !text(mark.value()).equals(topicId)) {
      return;
    }
    try {
      DeadLetterId deadLetter = DeadLetterId.parse(text(mark.key()));
      chunks.computeIfAbsent(chunk(deadLetter), unused -> new BitSet()).set(bit(deadLetter));
    } catch (IllegalArgumentException e) {
      return; // a record of another program
    }
  }

  /** Whether a dead letter was redriven. */
  boolean contains(DeadLetterId deadLetter) {
    BitSet chunk = chunks.get(chunk(deadLetter));
    return chunk != null && chunk.get(bit(deadLetter));
  }

  private static DeadLetterId chunk(DeadLetterId deadLetter) {
    return new DeadLetterId(deadLetter.partition(), deadLetter.offset() >>> CHUNK_BITS);
  }

  private static int bit(DeadLetterId deadLetter) {
    return (int) (deadLetter.offset() & ((1 << CHUNK_BITS) - 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
