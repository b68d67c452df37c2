package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Follows the committed violation events. For one thread. */
public final class EventTopic implements AutoCloseable {

  private static final String ATTRIBUTE = "ce_";

  private final TopicReader reader;
  private final TopicDescription topic;

  /**
   * One CloudEvent in Kafka's binary mode. The value is not decoded.
   *
   * @param position {@code topic:partition:offset}
   * @param attributes the CloudEvents attributes by name, without {@code ce_}
   * @param value null for none
   */
  public record Message(String position, Map<String, String> attributes, byte[] value) {

    private static Message of(ConsumerRecord<byte[], byte[]> message) {
      Map<String, String> attributes = new HashMap<>();
      for (Header header : message.headers()) {
        if (header.key().startsWith(ATTRIBUTE) && header.value() != null) {
          String text = new String(header.value(), StandardCharsets.UTF_8);
          attributes.put(header.key().substring(ATTRIBUTE.length()), text);
        }
      }
      String position = message.topic() + ":" + message.partition() + ":" + message.offset();
      return new Message(position, Map.copyOf(attributes), message.value());
    }
  }

  /**
   * Connects.
   *
   * @throws BrokerException if the topic does not exist, or no broker answers in time
   */
  public EventTopic(KafkaConfig kafka, String topic) {
    reader = new TopicReader(kafka);
    boolean found = false;
    try {
      this.topic = reader.existing(topic, "topics.violations");
      found = true;
    } finally {
      if (!found) {
        reader.close();
      }
    }
  }

  /**
   * Passes events on until the receiver stops it.
   *
   * @param fromBeginning whether to start with the oldest event; otherwise with the next new one
   * @param each receives the events of one poll, possibly none, at least every 100 ms while the
   *     broker answers; returns false to stop
   * @throws BrokerException if the topic cannot be read
   */
  public void follow(boolean fromBeginning, Predicate<List<Message>> each) {
    reader.follow(
        topic,
        fromBeginning,
        batch ->
            each.test(StreamSupport.stream(batch.spliterator(), false).map(Message::of).toList()));
  }

  @Override
  public void close() {
    reader.close();
  }
}
