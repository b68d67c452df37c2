package qoa.systemtests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Messages as the engine puts them into its dead-letter topic. */
public final class GivenDeadLetters {

  /** 2026-11-23T10:00:00Z. */
  public static final long TEN = 1_795_428_000_000L;

  /** How long before it became a dead letter a message was sent. */
  public static final long BEFORE_MILLIS = 1_500;

  private GivenDeadLetters() {}

  /**
   * A dead letter that came from partition 3 of a topic.
   *
   * @param minute when it became one: so many minutes after ten o'clock
   * @param offset its offset in the topic that it came from
   */
  public static ProducerRecord<byte[], byte[]> deadLetter(
      String topic, int partition, int minute, String reason, String from, long offset) {
    long time = TEN + minute * 60_000L;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, partition, time, bytes("key"), bytes("value " + offset));
    // The sender's own, one of them a lie.
    letter.headers().add("trace", bytes("a")).add("empty", null).add("qoa.topic", bytes("lie"));
    add(letter.headers(), reason, "at byte 1:\nexpected a value", from, offset, time);
    return letter;
  }

  /** Says of a message what the engine says of a dead letter. */
  public static void add(
      Headers headers, String reason, String detail, String from, long offset, long time) {
    headers
        .add("qoa.reason", bytes(reason))
        .add("qoa.detail", bytes(detail))
        .add("qoa.topic", bytes(from))
        .add("qoa.partition", bytes("3"))
        .add("qoa.offset", bytes(String.valueOf(offset)))
        .add("qoa.timestamp", bytes(String.valueOf(time - BEFORE_MILLIS)));
  }

  /** Sends messages, and waits until they can be read. */
  public static void send(String servers, List<ProducerRecord<byte[], byte[]>> messages)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var sent = new ArrayList<>(messages.stream().map(producer::send).toList());
      for (var one : sent) {
        one.get();
      }
    }
  }

  /** In UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
