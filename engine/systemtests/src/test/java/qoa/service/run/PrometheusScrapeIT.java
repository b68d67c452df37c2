package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;
import qoa.testing.RecordedFiles;

/** A real Prometheus scrapes a running engine. */
class PrometheusScrapeIT {

  private static final Path PROMETHEUS =
      Path.of("../../.tools/bin/prometheus").toAbsolutePath().normalize();
  private static final String NAME = "scraped";
  private static final int REPORTS = 600;
  private static final long START = 1_795_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private URI prometheus;

  @Test
  void violationsByStakeholder_areWhatTheEventsSay(@TempDir Path folder) throws Exception {
    assertThat(PROMETHEUS).as("run scripts/setup tests, which brings it").isExecutable();
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(RunningEngine.reports(NAME), 1, Map.of());
    send(broker);
    try (RunningEngine engine = new RunningEngine(broker, NAME, EngineOnKafkaIT.contracts())) {
      engine.awaitReports(REPORTS);
      Process process = start(folder, engine.service().url());
      try {
        Await.until(
            () -> "Prometheus sees what the events say:\n" + log(folder),
            Await.LONG,
            () ->
                violations(broker)
                    .equals(query("sum by (stakeholder) (qoa_violations_total) > 0")));
        assertThat(violations(broker)).containsOnlyKeys("edge1", "sea1");
        assertThat(query("sum by (stakeholder) (qoa_violations_total)"))
            .as("promises that nobody broke")
            .containsEntry("cloud1", 0L)
            .containsEntry("sea2", 0L);
        assertThat(query("up")).containsValue(1L);
        assertEveryMetricIsThere();
      } finally {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
    }
  }

  private void assertEveryMetricIsThere() throws Exception {
    for (String metric :
        new String[] {
          "qoa_reports_total",
          "qoa_dead_letters_total",
          "qoa_evaluations_total",
          "qoa_verdicts_total",
          "qoa_violations_total",
          "qoa_open_violations",
          "qoa_observed",
          "qoa_evaluation_seconds_bucket",
          "qoa_evaluation_seconds_count",
          "qoa_report_to_event_seconds_bucket",
          "qoa_report_to_event_seconds_count",
          "qoa_consumer_lag",
          "qoa_revision_info"
        }) {
      assertThat(query("count by (job) (" + metric + ")")).as(metric).isNotEmpty();
    }
    // What consumed messages came to adds up to them, to Prometheus too.
    assertThat(query("sum by (job) (qoa_reports_total)")).containsValue((long) REPORTS);
    assertThat(query("sum by (job) (qoa_consumer_lag)")).containsValue(0L);
  }

  private static void send(EmbeddedBroker broker) throws Exception {
    RecordedFiles ensemble = RecordedFiles.of("rohe");
    RecordedFiles detection = RecordedFiles.of("object-detection-ml");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < REPORTS; i++) {
        byte[] report =
            RecordedFiles.bytes((i % 2 == 0 ? ensemble : detection).next(START + i * 500L));
        var unused = producer.send(new ProducerRecord<>(RunningEngine.reports(NAME), report));
      }
    }
  }

  private static Map<String, Long> violations(EmbeddedBroker broker) {
    Map<String, Long> counts = new TreeMap<>();
    for (RunningEngine.Message event : RunningEngine.events(broker, NAME)) {
      if (event.isViolation()) {
        counts.merge(event.value().at("/stakeholder/id").asText(), 1L, Long::sum);
      }
    }
    return counts;
  }

  private Process start(Path folder, String target) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    prometheus = URI.create("http://127.0.0.1:" + port);
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - {job_name: qoa, static_configs: [{targets: ["%s"]}]}
        """
            .formatted(URI.create(target).getAuthority()));
    return new ProcessBuilder(
            PROMETHEUS.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The values of an instant query by their one label; empty while Prometheus is starting. */
  private Map<String, Long> query(String expression) throws Exception {
    String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    HttpResponse<String> response;
    try {
      response =
          http.send(
              HttpRequest.newBuilder(prometheus.resolve(path)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      return Map.of();
    }
    if (response.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE) { // it listens before it reads
      return Map.of();
    }
    Map<String, Long> values = new TreeMap<>();
    for (JsonNode series : JSON.readTree(response.body()).at("/data/result")) {
      JsonNode metric = series.path("metric");
      String label = metric.path("stakeholder").asText(metric.path("job").asText());
      values.put(label, series.path("value").path(1).asLong());
    }
    return values;
  }
}
