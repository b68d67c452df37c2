package qoa.service.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import qoa.core.lifecycle.EventSchema;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.KafkaConfig;
import qoa.kafka.Rekey;
import qoa.kafka.TopicsConfig;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.config.HttpConfig;
import qoa.service.config.JudgingConfig;
import qoa.service.config.ProcessingConfig;
import qoa.systemtests.Topic;
import qoa.testing.Await;

/**
 * A service between real topics, with an OPA of its own and the policies that the project ships. No
 * source ever counts as silent, so that windows close by event time alone, alike in every run.
 */
final class RunningEngine implements AutoCloseable {

  private static final Pattern SERIES = Pattern.compile("^(qoa_[a-z_]+)(\\{.*})? (\\S+)$");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An event, with the CloudEvents attributes that are not in its value. */
  record Message(String key, String type, String id, String subject, String time, JsonNode value) {

    boolean isViolation() {
      return type.equals("qoa.violation.occurred")
          || type.equals("qoa.violation.opened")
          || type.equals("qoa.violation.continued");
    }
  }

  private final Service service;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param name makes its consumer group and its topics its own, {@link #reports} among them
   * @param contracts folder
   */
  RunningEngine(EmbeddedBroker broker, String name, Path contracts) throws Exception {
    this(broker, name, contracts, Path.of("../../policies"), Evaluator.OPA);
  }

  RunningEngine(
      EmbeddedBroker broker, String name, Path contracts, Path policies, Evaluator evaluator)
      throws Exception {
    // Reports are keyed by application.
    this(broker, reports(name), name, contracts, policies, evaluator, Rekey.NEVER, Map.of());
  }

  RunningEngine(
      EmbeddedBroker broker,
      String reports,
      String name,
      Path contracts,
      Path policies,
      Evaluator evaluator,
      Rekey rekey,
      Map<String, String> consumer)
      throws Exception {
    Map<String, String> member = new HashMap<>(consumer);
    member.put("group.id", name);
    EngineConfig config =
        new EngineConfig(
            new KafkaConfig(
                Map.of("bootstrap.servers", broker.bootstrapServers()), member, Map.of()),
            new TopicsConfig(
                List.of(reports),
                name + "-events",
                name + "-status",
                name + "-state",
                name + "-dead",
                name + "-by-application",
                rekey),
            new JudgingConfig(contracts, policies, evaluator, OpaConfig.managed()),
            new ProcessingConfig(1, Duration.ofMillis(200), Duration.ofDays(1)),
            LimitsConfig.defaults(),
            new HttpConfig("127.0.0.1", 0));
    service = Service.start(config, null);
  }

  /** The topic that an engine of this name reads, unless another one is given. */
  static String reports(String name) {
    return name + "-reports";
  }

  Service service() {
    return service;
  }

  /** Waits until so many messages have come to some outcome. */
  void awaitReports(long count) throws Exception {
    Await.until(
        () ->
            "%d messages consumed: %s, down: %s"
                .formatted(count, counters("qoa_reports_total"), service.health().causes()),
        Await.LONG,
        () -> {
          if (service.health().failure().isPresent()) {
            throw new AssertionError("the engine gave up: " + service.health().failure().get());
          }
          return sum("qoa_reports_total") == count;
        });
  }

  private long sum(String counter) {
    return counters(counter).values().stream().mapToLong(Long::longValue).sum();
  }

  /** All series of some metrics as {@code /metrics} shows them, zeros included. */
  Map<String, Long> counters(String... names) {
    List<String> wanted = List.of(names);
    Map<String, Long> series = new TreeMap<>();
    for (String line : get("/metrics").lines().toList()) {
      Matcher matcher = SERIES.matcher(line);
      if (matcher.matches() && wanted.contains(matcher.group(1))) {
        String labels = matcher.group(2) == null ? "" : matcher.group(2).replace(",}", "}");
        series.put(matcher.group(1) + labels, (long) Double.parseDouble(matcher.group(3)));
      }
    }
    return series;
  }

  /** What a path of the engine's own server says. */
  String get(String path) {
    try {
      URI uri = URI.create(service.url() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The events that an engine of this name has committed, each held against the schema. */
  static List<Message> events(EmbeddedBroker broker, String name) {
    return Topic.read(broker.bootstrapServers(), name + "-events").stream()
        .map(RunningEngine::message)
        .toList();
  }

  /** The dead letters that an engine of this name has committed. */
  static List<ConsumerRecord<byte[], byte[]>> deadLetters(EmbeddedBroker broker, String name) {
    return Topic.read(broker.bootstrapServers(), name + "-dead");
  }

  private static Message message(ConsumerRecord<byte[], byte[]> message) {
    EventSchema.assertValid(message.value());
    try {
      return new Message(
          new String(message.key(), StandardCharsets.UTF_8),
          header(message, "ce_type"),
          header(message, "ce_id"),
          header(message, "ce_subject"),
          header(message, "ce_time"),
          JSON.readTree(message.value()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    service.close();
  }
}
