package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.Rekey;
import qoa.service.config.Evaluator;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;

/** A topic of reports, and later that of re-keyed ones, grow while an engine reads them. */
class GrowingTopicOnKafkaIT {

  private static final String NAME = "grown";
  private static final String TOPIC = RunningEngine.reports(NAME);
  private static final long START = 1_795_000_000_000L;
  private static final int SENDERS = 2;

  @Test
  void judgesEachWindowOnce_whenTopicsGrow() throws Exception {
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(TOPIC, 1, Map.of());
    try (RunningEngine engine = engine(broker);
        KafkaProducer<byte[], byte[]> producer = producer(broker);
        Admin admin = Admin.create(client(broker))) {
      send(producer, 0, 2_500, 1);
      engine.awaitReports(2_500);
      grow(admin, TOPIC, 2);
      send(producer, 2_500, 5_500, 2);
      engine.awaitReports(5_500);
      grow(admin, NAME + "-by-application", 5);
      send(producer, 5_500, 8_500, 2);
      // A second of each sender in each partition, so that all windows before are closed.
      send(producer, 8_500, 9_500, 2);
      engine.awaitReports(9_500);
      Await.until(
          () -> "windows judged: " + windows(broker),
          Await.LONG,
          () -> windows(broker).keySet().containsAll(List.of(0L, 2L, 4L, 6L)));

      assertThat(engine.counters("qoa_reports_total").values()).contains(9_500L);
      assertThat(windows(broker))
          .allSatisfy((window, reports) -> assertThat(reports).isEqualTo(1_000));
      assertThat(RunningEngine.events(broker, NAME))
          .extracting(RunningEngine.Message::id)
          .doesNotHaveDuplicates();
    }
  }

  /** How many reports the event of each violated window rests on, by the window's number. */
  private static Map<Long, Integer> windows(EmbeddedBroker broker) {
    Map<Long, Integer> windows = new TreeMap<>();
    for (RunningEngine.Message event : RunningEngine.events(broker, NAME)) {
      if (event.isViolation()) {
        String start = event.value().at("/window/start").textValue();
        long number = (Instant.parse(start).toEpochMilli() - START) / 1_000;
        assertThat(windows.put(number, event.value().get("reports").intValue()))
            .as("window %s told once", number)
            .isNull();
      }
    }
    return windows;
  }

  private static void grow(Admin admin, String topic, int partitions) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
  }

  private static RunningEngine engine(EmbeddedBroker broker) throws Exception {
    return new RunningEngine(
        broker,
        TOPIC,
        NAME,
        Path.of("src/test/resources/qoa/service/run/grown"),
        Path.of("../../policies"),
        Evaluator.PLAN,
        Rekey.AUTO,
        Map.of());
  }

  /**
   * A millisecond apart, by two senders in turn; every second window, the first one too, is slow.
   */
  private static void send(KafkaProducer<byte[], byte[]> producer, int from, int to, int partitions)
      throws Exception {
    for (int i = from; i < to; i++) {
      long time = START + i;
      double seconds = i / 1_000 % 2 == 0 ? 0.2 : 0.05;
      String report =
          """
          {"metadata":{"client_config":{"application_name":"shop","stage_id":"gateway",\
          "instance_id":"i%d"},"timestamp":%d.%03d},"service":{"gateway":{"metrics":\
          {"response_time":{"i":{"metric_name":"response_time","records":[%s]}}}}}}"""
              .formatted(i % SENDERS, time / 1_000, time % 1_000, seconds);
      var unused =
          producer.send(
              new ProducerRecord<>(
                  TOPIC,
                  i / SENDERS % partitions,
                  time,
                  null,
                  report.getBytes(StandardCharsets.UTF_8)));
    }
    producer.flush();
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        client(broker), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", broker.bootstrapServers());
    client.put("metadata.max.age.ms", 200);
    return client;
  }
}
