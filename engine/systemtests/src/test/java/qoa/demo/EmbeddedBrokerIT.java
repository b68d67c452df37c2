package qoa.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

  @Test
  void keepsItsData_whenStartedAgainInTheSamePlace(@TempDir Path directory) throws Exception {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, Map.of())) {
      port = broker.port();
      broker.createTopic("reports", 2, Map.of());
      produce(broker, "reports");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port, Map.of());
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(broker.port()).isEqualTo(port);
      assertThat(admin.listTopics().names().get()).contains("reports");
      assertThatThrownBy(() -> broker.createTopic("reports", 2, Map.of()))
          .hasMessageContaining("reports");
      produce(broker, "reports");
    }
  }

  @Test
  void saysWhere_whenItsPortIsTaken(@TempDir Path directory) {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, broker.port(), Map.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(String.valueOf(broker.port()));
    }
  }

  private static void produce(EmbeddedBroker broker, String topic) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "key", "value")).get();
      producer.commitTransaction();
    }
  }
}
