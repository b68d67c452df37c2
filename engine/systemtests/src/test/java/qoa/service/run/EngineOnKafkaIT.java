package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import qoa.core.decode.HostileMessages;
import qoa.core.decode.HostileMessages.Hostile;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;
import qoa.testing.RecordedFiles;

/**
 * The whole way on a real broker and a real OPA: 10,000 reports of many kinds and 500 hostile
 * messages, and an account of each.
 */
class EngineOnKafkaIT {

  private static final String NAME = "engine-on-kafka";
  private static final String TOPIC = RunningEngine.reports(NAME);
  private static final int GOOD = 10_000;
  private static final int HOSTILE = 500;
  private static final long START = 1_795_000_000_000L;
  private static final String[] COUNTERS = {
    "qoa_reports_total",
    "qoa_dead_letters_total",
    "qoa_evaluations_total",
    "qoa_verdicts_total",
    "qoa_violations_total"
  };

  /** A hostile message, and where it was put. */
  private record Sent(Hostile hostile, byte[] key, RecordMetadata at, long timestamp) {}

  private final ExpectedOutcomes expected = new ExpectedOutcomes();
  private final Map<String, Sent> hostile = new HashMap<>();

  @Test
  void everyMessage_isAccountedFor_whenGoodAndHostileOnesAreMixed() throws Exception {
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(TOPIC, 4, Map.of());
    try (RunningEngine engine = new RunningEngine(broker, NAME, contracts())) {
      send(broker);
      expected.finish();
      engine.awaitReports(GOOD + HOSTILE);
      Await.until(
          () -> "all evaluated: " + engine.counters("qoa_evaluations_total"),
          Await.LONG,
          () -> count(engine.counters("qoa_evaluations_total")) >= evaluations());

      assertThat(engine.counters(COUNTERS)).containsExactlyInAnyOrderEntriesOf(expected.counters());
    }
    assertEvents(RunningEngine.events(broker, NAME));
    assertDeadLetters(RunningEngine.deadLetters(broker, NAME));
  }

  static Path contracts() throws Exception {
    return Path.of(EngineOnKafkaIT.class.getResource("contracts/detection.yaml").toURI())
        .getParent();
  }

  private long evaluations() {
    Map<String, Long> wanted = new HashMap<>(expected.counters());
    wanted.keySet().removeIf(series -> !series.startsWith("qoa_evaluations_total"));
    return count(wanted);
  }

  private static long count(Map<String, Long> counters) {
    return counters.values().stream().mapToLong(Long::longValue).sum();
  }

  private void send(EmbeddedBroker broker) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("EngineOnKafkaIT: seed " + seed);
    Set<Integer> places = new HashSet<>();
    Random random = new Random(seed);
    while (places.size() < HOSTILE) {
      places.add(random.nextInt(GOOD));
    }
    List<Hostile> cases = List.copyOf(HostileMessages.all().values());
    Mix mix = new Mix();
    List<Callable<Void>> tellers = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
      for (int i = 0; i < GOOD; i++) {
        if (places.contains(i)) {
          sendHostile(producer, cases.get(hostile.size() % cases.size()));
        }
        tellers.add(sendReport(producer, mix.next(i)));
      }
    }
    for (Callable<Void> teller : tellers) {
      teller.call();
    }
  }

  private Callable<Void> sendReport(KafkaProducer<byte[], byte[]> producer, Made made) {
    byte[] key = made.application().getBytes(StandardCharsets.UTF_8);
    byte[] value = RecordedFiles.bytes(made.report());
    Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, key, value));
    return () -> {
      RecordMetadata at = sent.get();
      expected.report(
          made.kind(), made.application(), made.time(), at.partition(), at.offset(), made.report());
      return null;
    };
  }

  private void sendHostile(KafkaProducer<byte[], byte[]> producer, Hostile message)
      throws Exception {
    String id = String.valueOf(hostile.size());
    byte[] key = hostile.size() % 3 == 0 ? null : new byte[] {(byte) hostile.size(), 0, -1};
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(TOPIC, null, START + hostile.size(), key, message.value());
    letter.headers().add("id", id.getBytes(StandardCharsets.UTF_8)).add("none", null);
    letter.headers().add("id", new byte[] {-1});
    hostile.put(id, new Sent(message, key, producer.send(letter).get(), letter.timestamp()));
    expected.deadLetter(message.reason().label());
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "compression.type",
            "lz4",
            "linger.ms",
            0,
            "max.request.size",
            EmbeddedBroker.MAX_MESSAGE_BYTES),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private record Made(String kind, String application, long time, ObjectNode report) {}

  /** Several kinds from several applications: some late, some out of order, some slow. */
  private static final class Mix {

    final RecordedFiles detection = RecordedFiles.of("object-detection-ml");
    final RecordedFiles prediction = RecordedFiles.of("bts-ml");
    final RecordedFiles ensemble = RecordedFiles.of("rohe");
    final RecordedFiles general = RecordedFiles.of("general");
    final RecordedFiles container = RecordedFiles.of("container");
    final RecordedFiles old = RecordedFiles.of("client-2022");
    final RecordedFiles probes = RecordedFiles.of("probes");

    Mix() throws Exception {}

    Made next(int i) {
      long gap = i < GOOD / 2 ? 0 : 45_000;
      long shuffled = i * 7_919L % 1_500;
      long late = i % 97 == 0 && i > 0 ? 60_000 : 0;
      long time = START + i * 40L + gap - shuffled - late;
      Made made = made(i, time);
      if (Math.floorMod(Math.floorDiv(time, 20_000), 3) == 1) {
        slowDown(made.report());
      }
      return made;
    }

    private Made made(int i, long time) {
      int turn = i % 10;
      if (turn < 5) {
        return new Made("ml", "object_detection_teaching", time, detection.next(time));
      } else if (turn < 7) {
        return new Made("ml", "bts_prediction", time, prediction.next(time));
      } else if (turn < 8) {
        return new Made("rohe", "object_classification_ensemble", time, ensemble.next(time));
      } else if (turn < 9) {
        return rare(i / 10 % 3, time);
      }
      ObjectNode probe = probes.next(time);
      boolean process =
          probe.path("type").asText().equals("process") || probe.path("metadata").has("pid");
      String application = probe.findPath("application_name").asText("a machine of its own");
      return new Made(process ? "process" : "system", application, time, probe);
    }

    private Made rare(int which, long time) {
      return switch (which) {
        case 0 -> new Made("general", "bts_prediction", time, general.next(time));
        case 1 -> new Made("container", "object_detection_teaching", time, container.next(time));
        default -> new Made("client_2022", "object_detection_teaching", time, old.next(time));
      };
    }

    private static void slowDown(JsonNode node) {
      if (node.path("responseTime").isNumber()) {
        ((ObjectNode) node).put("responseTime", 4 * node.path("responseTime").doubleValue());
      }
      node.forEach(Mix::slowDown);
    }
  }

  private void assertEvents(List<RunningEngine.Message> events) {
    assertThat(sorted(events.stream().map(ExpectedOutcomes::line).toList()))
        .isEqualTo(sorted(expected.events()));
    assertThat(events).extracting(RunningEngine.Message::id).doesNotHaveDuplicates();
    assertThat(events)
        .extracting(RunningEngine.Message::type)
        .contains(
            "qoa.violation.occurred",
            "qoa.violation.opened",
            "qoa.violation.continued",
            "qoa.violation.resolved",
            "qoa.constraint.undetermined");
    assertThat(events).anyMatch(event -> event.value().path("late").asBoolean());
    Map<String, String> latest = new HashMap<>();
    for (RunningEngine.Message event : events) {
      JsonNode value = event.value();
      assertThat(event.key()).isEqualTo(value.at("/contract/id").asText());
      assertThat(event.subject())
          .isEqualTo(event.key() + "/" + value.at("/stakeholder/id").asText());
      assertThat(event.time()).isEqualTo(value.at("/window/end").asText());
      if (event.key().equals("detection") && !value.path("late").asBoolean()) {
        String promise = event.subject() + value.path("constraint").asText();
        String end = value.at("/window/end").asText();
        String before = latest.put(promise, end);
        assertThat(before == null || before.compareTo(end) < 0).as("in order").isTrue();
      }
    }
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  private void assertDeadLetters(List<ConsumerRecord<byte[], byte[]>> letters) {
    Set<String> missing = new HashSet<>(hostile.keySet());
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      List<Header> headers = Arrays.asList(letter.headers().toArray());
      String id = new String(headers.get(0).value(), StandardCharsets.UTF_8);
      assertThat(missing.remove(id)).as("dead letter %s, once", id).isTrue();
      Sent sent = hostile.get(id);
      assertThat(letter.key()).isEqualTo(sent.key());
      assertThat(Arrays.equals(letter.value(), sent.hostile().value()))
          .as("value of dead letter %s is unchanged", id)
          .isTrue();
      List<String> names = new ArrayList<>();
      headers.forEach(header -> names.add(header.key()));
      assertThat(names)
          .containsExactly(
              "id",
              "none",
              "id",
              "qoa.reason",
              "qoa.detail",
              "qoa.topic",
              "qoa.partition",
              "qoa.offset",
              "qoa.timestamp");
      assertThat(headers.get(1).value()).isNull();
      assertThat(headers.get(2).value()).isEqualTo(new byte[] {-1});
      assertThat(RunningEngine.header(letter, "qoa.reason"))
          .isEqualTo(sent.hostile().reason().label());
      assertThat(RunningEngine.header(letter, "qoa.detail")).isNotBlank();
      assertThat(RunningEngine.header(letter, "qoa.topic")).isEqualTo(TOPIC);
      assertThat(RunningEngine.header(letter, "qoa.partition"))
          .isEqualTo(String.valueOf(sent.at().partition()));
      assertThat(RunningEngine.header(letter, "qoa.offset"))
          .isEqualTo(String.valueOf(sent.at().offset()));
      assertThat(RunningEngine.header(letter, "qoa.timestamp"))
          .isEqualTo(String.valueOf(sent.timestamp()));
    }
    assertThat(missing).isEmpty();
  }
}
