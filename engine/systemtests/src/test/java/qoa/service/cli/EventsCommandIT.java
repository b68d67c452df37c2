package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** Runs the command as a process, with a real broker. */
class EventsCommandIT {

  private static final String TOPIC = "qoa.violations";
  private static final String VALUE =
      "{\"contract\":{\"id\":\"shop\",\"version\":\"1.0.0\"},\"stakeholder\":{\"id\":\"me\",\"roles\":"
          + "[\"ml_provider\"]},\"message\":\"%s\",\"window\":{\"start\":\"2026-11-24T10:00:00Z\",\"end\":"
          + "\"2026-11-24T10:00:10Z\"},\"reports\":3,\"policy\":{\"package\":\"a\",\"revision\":\"b\"}}";

  private static EmbeddedBroker broker;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    broker = SharedBroker.get();
  }

  @Test
  void printsWhatIsCommitted_andWhatComesThen() throws Exception {
    broker.createTopic(TOPIC, 2, Map.of());
    send(true, List.of(event(0, "first"), new ProducerRecord<>(TOPIC, 0, "shop", "x")));
    send(false, List.of(event(0, "aborted")));

    try (ChildJvm all = events("--from-beginning");
        ChildJvm next = events("--format", "json")) {
      Await.until(
          "the first event", () -> all.out().contains("first") && next.err().contains("Ctrl-C"));
      send(true, List.of(event(1, "second")));
      Await.until(
          "the second event", () -> all.out().contains("second") && next.out().contains("second"));

      assertThat(all.out())
          .isEqualTo(
              """
              2026-11-24T10:00:10Z  OPENED        shop | me | first
              2026-11-24T10:00:10Z  OPENED        shop | me | second
              """);
      assertThat(all.err())
          .contains("qoa: qoa.violations:0:1: not an event of an engine: no header");
      assertThat(next.out())
          .isEqualTo(
              "{\"type\":\"qoa.violation.opened\",\"id\":\"0123\",%s%n"
                  .formatted(VALUE.formatted("second").substring(1)));
      all.terminate();
      assertThat(all.await(Await.LONG).exitCode()).as("as its help says").isEqualTo(143);
    }
  }

  @Test
  void saysWhatIsMissing_whenThereIsNoTopicOrNoBroker() throws Exception {
    String settings =
        """
        kafka: {bootstrap.servers: '%s', default.api.timeout.ms: 2000, request.timeout.ms: 2000}
        topics: {violations: none}
        """;
    Path file =
        Files.writeString(
            folder.resolve("engine.yaml"), settings.formatted(broker.bootstrapServers()));
    Result noTopic = ChildJvm.run("events", "-c", file.toString());
    String closed = "127.0.0.1:" + closedPort();
    Result noBroker = ChildJvm.run("events", "-c", file.toString(), "--bootstrap-server", closed);

    assertThat(noTopic.exitCode()).isEqualTo(1);
    assertThat(noTopic.err())
        .isEqualTo(
            "qoa: topic none does not exist at %s: no engine has run there yet, or topics.violations"
                    .formatted(broker.bootstrapServers())
                + " names the wrong topic\n");
    assertThat(noBroker.exitCode()).isEqualTo(1);
    assertThat(noBroker.err())
        .contains(
            "check that a Kafka broker runs at " + closed + " and that bootstrap.servers is right")
        .doesNotContain("\tat ");
  }

  private static ChildJvm events(String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("events", "--bootstrap-server", broker.bootstrapServers()));
    arguments.addAll(List.of(options));
    return ChildJvm.start(null, List.of(), arguments.toArray(String[]::new));
  }

  private static ProducerRecord<String, String> event(int partition, String message) {
    ProducerRecord<String, String> event =
        new ProducerRecord<>(TOPIC, partition, "shop", VALUE.formatted(message));
    Map.of(
            "ce_type", "qoa.violation.opened",
            "ce_id", "0123",
            "ce_subject", "shop/me",
            "ce_time", "2026-11-24T10:00:10Z")
        .forEach((name, text) -> event.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return event;
  }

  private static void send(boolean commit, List<ProducerRecord<String, String>> messages) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (ProducerRecord<String, String> message : messages) {
        var unused = producer.send(message); // flush waits for it
      }
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
