package qoa.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A plain consumer with the properties of {@link KafkaSource}. */
public final class BareConsumer {

  private BareConsumer() {}

  /** Subscribes to a topic; {@code client} is as for {@link KafkaSource}. */
  public static KafkaConsumer<byte[], byte[]> on(String topic, Map<String, Object> client) {
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(KafkaSource.properties(client));
    consumer.subscribe(List.of(topic));
    return consumer;
  }
}
