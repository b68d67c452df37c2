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
import qoa.systemtests.SharedBroker;

class GroupLagIT {

  /** Also the name of the group. */
  private static final String TOPIC = "group-lag";

  @Test
  void lag_isWhatTheGroupHasNotCommitted_ofEveryPartitionThatIsThere() throws Exception {
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(TOPIC, 2, Map.of());
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        Admin admin = Admin.create(client);
        GroupLag lag = new GroupLag(client, TOPIC, List.of(TOPIC, "missing"))) {
      for (int i = 0; i < 5; i++) {
        producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[1])).get();
      }
      assertThat(lag.lag()).isEqualTo(Map.of(at(0), 5L, at(1), 0L));

      admin
          .alterConsumerGroupOffsets(
              TOPIC, Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(3)))
          .all()
          .get();
      assertThat(lag.lag()).isEqualTo(Map.of(at(0), 2L, at(1), 0L));
    }
  }

  private static Partition at(int partition) {
    return new Partition(TOPIC, partition);
  }
}
