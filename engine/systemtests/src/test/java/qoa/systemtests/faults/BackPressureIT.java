package qoa.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.policies.OpaBinary;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.Topic;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.RecordedFiles;

/**
 * An engine with a heap of 256 MB whose OPA server is away while reports keep arriving: it stays in
 * its group, reports the cause, and continues by itself. {@code -Dqoa.outage=120} sets two minutes.
 */
class BackPressureIT {

  private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("qoa.outage", 12));
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern URL = Pattern.compile("metrics and health at (http://\\S+)");
  private static final Pattern HEAP =
      Pattern.compile("jvm_memory_bytes_used\\{area=\"heap\",} (\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void waitsInItsGroup_andGoesOn_whenOpaIsAwayUnderLoad() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        OpaServer opa = new OpaServer(OpaBinary.locate().path(), folder.resolve("opa.log"))) {
      broker.createTopic("qoa.reports", 1, Map.of());
      opa.start();
      try (ChildJvm engine =
              ChildJvm.start(null, List.of("-Xmx256m"), "run", "-c", config(broker, opa));
          Sender sender = new Sender(broker)) {
        Await.until(() -> "ready: " + engine.err(), LIMIT, () -> ready(engine) == 200);
        Await.until("reports come in", () -> sender.sent() > 1_000);

        opa.kill();
        Await.until("it says that it is not ready", () -> ready(engine) == 503);
        long heap = sleepAndWatch(engine);
        assertThat(engine.handle().isAlive()).as(engine.err()).isTrue();
        assertThat(get(engine, "/health/ready").body()).contains("\"evaluator\"", "OPA");
        assertThat(get(engine, "/health/live").statusCode()).isEqualTo(200);
        assertThat(group(broker).groupState()).isEqualTo(GroupState.STABLE);
        assertThat(group(broker).members()).hasSize(1);

        opa.start();
        Await.until("it is ready again", () -> ready(engine) == 200);
        int sent = sender.stop();
        Await.until(
            () -> "an event for each of " + sent + " reports: " + engine.err(),
            LIMIT,
            () -> evaluated(engine) == sent);
        assertThat(Topic.read(broker.bootstrapServers(), "qoa.violations")).hasSize(sent);
        System.out.printf(
            "BackPressureIT: OPA away for %d s, %,d reports, at most %d MB of 256 MB heap used%n",
            OUTAGE.toSeconds(), sent, heap / 1_000_000);
      }
    }
  }

  private String config(EmbeddedBroker broker, OpaServer opa) throws IOException {
    Path contracts = Files.createDirectory(folder.resolve("contracts"));
    Files.writeString(
        contracts.resolve("each.yaml"),
        """
        id: each
        version: 1.0.0
        application: object_detection_teaching
        evaluate: {each: report}
        stakeholders: [{id: me, roles: [ml_provider]}]
        quality:
          service:
            - name: impossible
              constraint_list:
                - {metrics: {metric_name: response_time}, condition: {operator: less_equal, value: 0}, aggregate_function: MAX}
        """);
    Path config = folder.resolve("engine.yaml");
    Files.writeString(
        config,
        """
        kafka: {bootstrap.servers: "%s"}
        consumer: {session.timeout.ms: 6000}
        contracts: %s
        evaluator: opa
        opa: {url: "%s", timeout: 2s}
        http: {port: 0}
        """
            .formatted(broker.bootstrapServers(), contracts, opa.url()));
    return config.toString();
  }

  /** The highest heap usage seen, in bytes. */
  private long sleepAndWatch(ChildJvm engine) throws Exception {
    long most = 0;
    for (long second = 0; second < OUTAGE.toSeconds(); second++) {
      Thread.sleep(1_000);
      Matcher heap = HEAP.matcher(get(engine, "/metrics").body());
      assertThat(heap.find()).isTrue();
      most = Math.max(most, (long) Double.parseDouble(heap.group(1)));
    }
    return most;
  }

  private static ConsumerGroupDescription group(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin
          .describeConsumerGroups(List.of("qoa-engine"))
          .describedGroups()
          .get("qoa-engine")
          .get();
    }
  }

  private long evaluated(ChildJvm engine) throws Exception {
    return get(engine, "/metrics")
        .body()
        .lines()
        .filter(line -> line.matches("qoa_reports_total\\{.*outcome=\"evaluated\".*"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private int ready(ChildJvm engine) throws Exception {
    HttpResponse<String> answer = get(engine, "/health/ready");
    return answer == null ? 0 : answer.statusCode();
  }

  /** Null while nothing listens. */
  private HttpResponse<String> get(ChildJvm engine, String path) throws Exception {
    Matcher url = URL.matcher(engine.err());
    if (!url.find()) {
      return null;
    }
    URI uri = URI.create(url.group(1) + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Sends about 300 reports per second from its own thread. */
  private static final class Sender implements AutoCloseable {

    private final AtomicInteger sent = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopping;

    Sender(EmbeddedBroker broker) throws IOException {
      RecordedFiles reports = RecordedFiles.of("object-detection-ml");
      thread = new Thread(() -> run(broker, reports), "sender");
      thread.start();
    }

    private void run(EmbeddedBroker broker, RecordedFiles reports) {
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        byte[] key = "object_detection_teaching".getBytes(StandardCharsets.UTF_8);
        while (!stopping) {
          byte[] report = RecordedFiles.bytes(reports.next(System.currentTimeMillis()));
          producer.send(new ProducerRecord<>("qoa.reports", key, report)).get();
          sent.incrementAndGet();
          Thread.sleep(2);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    int sent() {
      return sent.get();
    }

    int stop() throws InterruptedException {
      stopping = true;
      thread.join();
      return sent.get();
    }

    @Override
    public void close() {
      stopping = true;
    }
  }
}
