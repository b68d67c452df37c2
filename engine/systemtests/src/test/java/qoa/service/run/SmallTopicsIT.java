package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.KafkaConfig;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.config.HttpConfig;
import qoa.systemtests.Topic;
import qoa.testing.Await;
import qoa.testing.ChildJvm;

/** A service on topics that somebody else made, too small for some of what is sent. */
class SmallTopicsIT {

  private static final int LARGE = 30_000;

  private static EmbeddedBroker broker;

  @TempDir private Path contracts;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
    broker.createTopic("qoa.reports", 2, Map.of());
    Map<String, String> small = Map.of("max.message.bytes", "20000");
    broker.createTopic("qoa.reports.by-application", 2, small);
    broker.createTopic("qoa.dead-letters", 1, small);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void largeRecords_becomeDeadLettersByTheirHash_andTheOthersAreJudged() throws Exception {
    Files.writeString(
        contracts.resolve("shop.yaml"),
        """
        id: shop
        version: 1.0.0
        application: shop
        evaluate: {each: report}
        stakeholders: [{id: me, roles: [ml_provider]}]
        quality:
          service:
            - name: latency
              constraint_list:
                - {metrics: {metric_name: response_time}, condition: {operator: less_equal, value: 0.1}, aggregate_function: MAX}
        """);
    byte[] large = report("x".repeat(LARGE));
    byte[] hostile = "{".repeat(LARGE).getBytes(StandardCharsets.UTF_8);
    try (Service service = service()) {
      send(report("a"), large, hostile, report("b"));
      awaitReports(service, 4);
    }
    assertLetters(large, hostile);

    try (Service service = service()) {
      send(report("c"));
      awaitReports(service, 1);
      assertThat(sum(service, "qoa_dead_letters_total", "reason", "record_too_large")).isZero();
    }
    assertLetters(large, hostile);
    assertThat(Topic.read(broker.bootstrapServers(), "qoa.violations")).hasSize(3);
  }

  private void awaitReports(Service service, int count) throws Exception {
    Await.until(
        () -> count + " reports: " + service.health().causes() + service.metrics().text(),
        Await.LONG,
        () -> {
          assertThat(service.health().failure()).isEmpty();
          return service.metrics().sum("qoa_reports_total", Map.of()).orElse(0) == count;
        });
    if (count > 1) {
      assertThat(sum(service, "qoa_reports_total", "outcome", "evaluated")).isEqualTo(2);
      assertThat(sum(service, "qoa_reports_total", "outcome", "dead_letter")).isEqualTo(2);
      assertThat(sum(service, "qoa_dead_letters_total", "reason", "record_too_large")).isEqualTo(1);
      assertThat(sum(service, "qoa_reports_forwarded_total", null, null)).isEqualTo(2);
    }
  }

  private static double sum(Service service, String metric, String label, String value) {
    Map<String, String> labels = label == null ? Map.of() : Map.of(label, value);
    return service.metrics().sum(metric, labels).orElse(-1);
  }

  private static void assertLetters(byte[] large, byte[] hostile) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> letters =
        Topic.read(broker.bootstrapServers(), "qoa.dead-letters");
    assertThat(letters).hasSize(2).allMatch(letter -> letter.value() == null);
    assertThat(letters)
        .extracting(letter -> header(letter, "qoa.value-sha256"))
        .containsExactlyInAnyOrder(sha256(large), sha256(hostile));
    assertThat(letters)
        .extracting(letter -> header(letter, "qoa.reason"))
        .contains("record_too_large")
        .doesNotHaveDuplicates();
    assertThat(letters)
        .extracting(letter -> header(letter, "qoa.topic"))
        .containsOnly("qoa.reports");
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return String.format("%064x", new BigInteger(1, digest));
  }

  private Service service() throws Exception {
    return Service.start(
        EngineConfig.defaults()
            .judging(contracts, ChildJvm.HOME.resolve("policies"), Evaluator.PLAN)
            .at(
                new KafkaConfig(
                    Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of(), Map.of()),
                new HttpConfig("127.0.0.1", 0)),
        null);
  }

  private static byte[] report(String note) {
    return """
        {"metadata": {"client_config": {"application_name": "shop"}, "timestamp": %d, "note": "%s"},
         "service": {"gateway": {"metrics": {"response_time": {"a": {"records": [0.5]}}}}}}"""
        .formatted(System.currentTimeMillis() / 1000, note)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(byte[]... values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>("qoa.reports", value)).get();
      }
    }
  }
}
