package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import qoa.core.model.Partition;
import qoa.demo.EmbeddedBroker;

class GroupLagIT {

  @Test
  void lag_isWhatTheGroupHasNotCommitted_ofEveryPartitionThatIsThere() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("reports", 2, Map.of());
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
          Admin admin = Admin.create(client);
          GroupLag lag = new GroupLag(client, "group", List.of("reports", "missing"))) {
        for (int i = 0; i < 5; i++) {
          producer.send(new ProducerRecord<>("reports", 0, null, new byte[1])).get();
        }
        assertThat(lag.lag()).isEqualTo(Map.of(at(0), 5L, at(1), 0L));

        admin
            .alterConsumerGroupOffsets(
                "group", Map.of(new TopicPartition("reports", 0), new OffsetAndMetadata(3)))
            .all()
            .get();
        assertThat(lag.lag()).isEqualTo(Map.of(at(0), 2L, at(1), 0L));
      }
    }
  }

  private static Partition at(int partition) {
    return new Partition("reports", partition);
  }
}
