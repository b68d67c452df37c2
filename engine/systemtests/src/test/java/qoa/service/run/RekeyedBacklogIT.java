package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.Topic;
import qoa.testing.Await;
import qoa.testing.ChildJvm;

/**
 * A backlog of reports keyed by instance, read by two engines, gives the events that one engine
 * gives of the same reports keyed by application: event for event, evidence included. {@code
 * -Dqoa.backlog=1000000} is the long run.
 */
class RekeyedBacklogIT {

  private static final int REPORTS = Integer.getInteger("qoa.backlog", 60_000);
  private static final int APPLICATIONS = 3;
  private static final int INSTANCES = 24;
  private static final long START = 1_795_000_000_000L;
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Pattern URL = Pattern.compile("metrics and health at (http://\\S+)");
  private static final Pattern COUNT =
      Pattern.compile(
          "^qoa_(?:reports|evaluations)_total\\{[^}]*outcome=\"(\\w+)\"[^}]*} (\\S+)$",
          Pattern.MULTILINE);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  /** By topic and partition, the number of the report at each offset. */
  private final Map<String, List<Integer>> places = new HashMap<>();

  @TempDir private Path folder;

  @Test
  void twoEngines_overInstances_sayWhatOneSays_overApplications() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("by-application", 3, Map.of());
      broker.createTopic("by-instance", 4, Map.of());
      send(broker);

      Map<String, Long> one = run(broker, "by-application", "never", 1);
      Map<String, Long> two = run(broker, "by-instance", "auto", 2);

      assertThat(one).containsEntry("evaluated", (long) REPORTS).containsEntry("late", 0L);
      assertThat(two).isEqualTo(one);
      Map<String, JsonNode> expected = events(broker, "by-application");
      assertThat(expected.values())
          .extracting(event -> event.path("type").asText())
          .contains(
              "qoa.violation.opened",
              "qoa.violation.continued",
              "qoa.violation.resolved",
              "qoa.constraint.undetermined");
      assertThat(events(broker, "by-instance")).isEqualTo(expected);
      System.out.printf(
          "RekeyedBacklogIT: %,d reports, %,d events, the same%n", REPORTS, expected.size());
    }
  }

  private void send(EmbeddedBroker broker) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < REPORTS; i++) {
        byte[] report = report(i);
        send(producer, "by-application", application(i), i, report);
        send(producer, "by-instance", instance(i), i, report);
      }
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, String topic, String key, int number, byte[] report) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), report),
            (at, e) -> {
              assertThat(e).isNull();
              List<Integer> partition =
                  places.computeIfAbsent(topic + at.partition(), p -> new ArrayList<>());
              assertThat(at.offset()).isEqualTo(partition.size());
              partition.add(number);
            });
  }

  private static String application(int i) {
    return "shop-" + i % APPLICATIONS;
  }

  private static String instance(int i) {
    return "instance-" + i % INSTANCES;
  }

  /** A millisecond apart; every third stretch of five seconds is slow, and no two are alike. */
  private static byte[] report(int i) {
    boolean slow = i / 5_000 % 3 == 1;
    double seconds = (slow ? 0.2 : 0.05) + i * 7_919L % 1_000 / 5_000.0;
    return """
        {"metadata":{"client_config":{"application_name":"%s","stage_id":"gateway",\
        "instance_id":"%s"},"timestamp":%d.%03d},\
        "service":{"gateway":{"metrics":{"response_time":{"%s":\
        {"metric_name":"response_time","records":[%s]}}}}}}"""
        .formatted(
            application(i),
            instance(i),
            (START + i) / 1_000,
            (START + i) % 1_000,
            instance(i),
            String.format(Locale.ROOT, "%.6f", seconds))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Lets engines work until all is judged; what became of the reports, over all of them. */
  private Map<String, Long> run(EmbeddedBroker broker, String topic, String rekey, int engines)
      throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < engines; i++) {
        Path config = folder.resolve(topic + i + ".yaml");
        Files.writeString(config, config(broker, topic, rekey, i));
        children.add(ChildJvm.start(null, List.of(), "run", "-c", config.toString()));
      }
      Await.until(
          () -> "all reports and windows judged: " + outcomes(children) + errors(children),
          LIMIT,
          () -> isDone(outcomes(children)));
      Map<String, Long> outcomes = outcomes(children);
      for (ChildJvm child : children) {
        child.terminate();
        assertThat(child.await(Await.LONG).exitCode()).as(child.err()).isZero();
      }
      return outcomes;
    } finally {
      for (ChildJvm child : children) {
        child.close();
      }
    }
  }

  private static String config(EmbeddedBroker broker, String topic, String rekey, int number) {
    return """
        kafka: {bootstrap.servers: "%1$s"}
        consumer: {group.id: %2$s, group.instance.id: engine-%4$d}
        topics: {reports: %2$s, violations: %2$s-events, status: %2$s-status,
                 dead-letters: %2$s-dead, by-application: %2$s-rekeyed, rekey: %3$s}
        contracts: %5$s
        idle-timeout: 3s
        http: {port: 0}
        """
        .formatted(
            broker.bootstrapServers(),
            topic,
            rekey,
            number,
            Path.of("src/test/resources/qoa/service/run/backlog").toAbsolutePath());
  }

  /** All reports, all windows, the empty one after each application's last, and each report. */
  private static boolean isDone(Map<String, Long> outcomes) {
    int windows = (REPORTS + 999) / 1_000 + 1;
    int each = (REPORTS + APPLICATIONS - 1) / APPLICATIONS;
    return outcomes.getOrDefault("evaluated", 0L) == REPORTS
        && outcomes.getOrDefault("defined", 0L) == (long) windows * APPLICATIONS + each;
  }

  private Map<String, Long> outcomes(List<ChildJvm> children) {
    Map<String, Long> outcomes = new TreeMap<>();
    for (ChildJvm child : children) {
      Matcher count = COUNT.matcher(metrics(child));
      while (count.find()) {
        outcomes.merge(count.group(1), (long) Double.parseDouble(count.group(2)), Long::sum);
      }
    }
    return outcomes;
  }

  private String metrics(ChildJvm child) {
    Matcher url = URL.matcher(child.err());
    if (!url.find()) {
      return "";
    }
    try {
      URI uri = URI.create(url.group(1) + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String errors(List<ChildJvm> children) {
    StringBuilder errors = new StringBuilder();
    children.forEach(child -> errors.append('\n').append(child.err()));
    return errors.toString();
  }

  /** By their id, with the numbers of the reports that are evidence instead of their places. */
  private Map<String, JsonNode> events(EmbeddedBroker broker, String topic) throws IOException {
    Map<String, JsonNode> events = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> message :
        Topic.read(broker.bootstrapServers(), topic + "-events")) {
      ObjectNode value = (ObjectNode) JSON.readTree(message.value());
      for (JsonNode place : value.path("evidence")) {
        String from = place.path("topic").asText();
        assertThat(from).isEqualTo(topic);
        int number =
            places.get(topic + place.path("partition").asInt()).get(place.path("offset").asInt());
        ((ObjectNode) place).removeAll().put("report", number);
      }
      value.put("type", RunningEngine.header(message, "ce_type"));
      String id = RunningEngine.header(message, "ce_id");
      boolean ofReport = value.path("contract").path("id").asText().equals("reports");
      String identity = ofReport ? value.at("/evidence/first").toString() : id;
      assertThat(events.put(identity, value)).as("%s comes once", value).isNull();
    }
    return events;
  }
}
