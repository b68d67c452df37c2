package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;

/**
 * Which dead letters were redriven, as a compacted topic beside theirs tells: key {@code
 * partition:offset}, value the id of the dead-letter topic. A topic that was deleted and made again
 * counts from zero again and has another id, so what was marked of the earlier one does not count.
 *
 * <p>In memory a letter is a bit. Not safe for threads.
 */
final class RedrivenMarks {

  private static final int CHUNK_BITS = 16;

  private final String letters;
  private final String topicId;
  private final Map<DeadLetterId, BitSet> chunks = new HashMap<>();

  /**
   * @param letters the dead-letter topic
   * @param topicId its id
   */
  RedrivenMarks(String letters, Uuid topicId) {
    this.letters = letters;
    this.topicId = topicId.toString();
  }

  /** The topic that holds the marks of a dead-letter topic. */
  static String topic(String letters) {
    return letters + ".redriven";
  }

  /** What says that a letter was redriven. */
  ProducerRecord<byte[], byte[]> mark(DeadLetterId letter) {
    return new ProducerRecord<>(topic(letters), bytes(letter.toString()), bytes(topicId));
  }

  /** Takes up a mark; what is none is left aside. */
  void add(ConsumerRecord<byte[], byte[]> mark) {
    if (mark.key() == null || mark.value() == null || !text(mark.value()).equals(topicId)) {
      return;
    }
    try {
      DeadLetterId letter = DeadLetterId.parse(text(mark.key()));
      chunks.computeIfAbsent(chunk(letter), unused -> new BitSet()).set(bit(letter));
    } catch (IllegalArgumentException e) {
      return; // somebody else's record
    }
  }

  /** Whether a letter was redriven. */
  boolean contains(DeadLetterId letter) {
    BitSet chunk = chunks.get(chunk(letter));
    return chunk != null && chunk.get(bit(letter));
  }

  private static DeadLetterId chunk(DeadLetterId letter) {
    return new DeadLetterId(letter.partition(), letter.offset() >>> CHUNK_BITS);
  }

  private static int bit(DeadLetterId letter) {
    return (int) (letter.offset() & ((1 << CHUNK_BITS) - 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
