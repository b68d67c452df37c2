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

/** The committed violation events, as they come. For one thread. */
public final class EventTopic implements AutoCloseable {

  private static final String ATTRIBUTE = "ce_";

  private final TopicReader reader;
  private final TopicDescription topic;

  /**
   * One CloudEvent in Kafka's binary mode; its value is not looked at.
   *
   * @param place {@code topic:partition:offset}
   * @param attributes by the names of CloudEvents, without {@code ce_}
   * @param value null where there is none
   */
  public record Message(String place, Map<String, String> attributes, byte[] value) {

    private static Message of(ConsumerRecord<byte[], byte[]> message) {
      Map<String, String> attributes = new HashMap<>();
      for (Header header : message.headers()) {
        if (header.key().startsWith(ATTRIBUTE) && header.value() != null) {
          String text = new String(header.value(), StandardCharsets.UTF_8);
          attributes.put(header.key().substring(ATTRIBUTE.length()), text);
        }
      }
      String place = message.topic() + ":" + message.partition() + ":" + message.offset();
      return new Message(place, Map.copyOf(attributes), message.value());
    }
  }

  /**
   * Connects.
   *
   * @throws BrokerException where there is no such topic, or no broker that answers in time
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
   * Hands on what comes, until told to stop.
   *
   * @param fromBeginning whether to start with the oldest event, or with the next one that comes
   * @param each gets what came at once, possibly nothing, at least every 100 ms while the broker
   *     answers; false to stop
   * @throws BrokerException where Kafka refuses to be read
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
