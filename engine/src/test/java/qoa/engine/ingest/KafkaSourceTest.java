package qoa.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qoa.engine.demo.EmbeddedBroker;
import qoa.engine.model.Source;

class KafkaSourceTest {

  private static final String TOPIC = "reports";
  private static final Source HOME = new Source(TOPIC, 0);

  /** What a consumer knows by itself is what it was told with the last messages. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void lagNow_knowsOfMessagesThatNobodyFetchedYet() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of())) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(client)) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), null)) {
        source.open(new AnyHomes());
        send(client, 2);
        int read = 0;
        while (read < 2 || source.lag().getOrDefault(HOME, 1L) > 0) {
          read += source.poll(100).size();
        }
        send(client, 3);

        assertThat(source.lag()).containsEntry(HOME, 0L);
        assertThat(source.lagNow()).containsEntry(HOME, 3L);
      }
    }
  }

  @Test
  void properties_keepWhatExactlyOnceRestsOn_whateverTheFileSays() {
    Map<String, Object> properties =
        KafkaSource.properties(
            Map.of("isolation.level", "read_uncommitted", "session.timeout.ms", "45000"));

    assertThat(properties)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("session.timeout.ms", "45000");
    assertThat(KafkaSource.properties(Map.of())).containsEntry("session.timeout.ms", 10_000);
  }

  private static void send(Map<String, Object> client, int messages) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < messages; i++) {
        producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get();
      }
    }
  }
}
