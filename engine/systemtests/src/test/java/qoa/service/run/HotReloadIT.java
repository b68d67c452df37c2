package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qoa.demo.EmbeddedBroker;
import qoa.service.config.Evaluator;
import qoa.service.run.RunningEngine.Message;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;

/** Contracts and policies are changed under a running engine, while reports come in. */
@Execution(ExecutionMode.CONCURRENT)
class HotReloadIT {

  private static final int MILLIS_BETWEEN = 20;

  @TempDir private Path folder;

  private Path contracts;
  private Path policies;

  @ParameterizedTest
  @EnumSource(names = {"PLAN", "OPA"})
  void changesWhatIsJudged_andLosesNoReport(Evaluator evaluator) throws Exception {
    contracts = Files.createDirectory(folder.resolve("contracts"));
    policies = folder.resolve("policies");
    copy(Path.of("../../policies"), policies);
    write("windows.yaml", windows("0.3"));
    write("each.yaml", each());
    String name = "reload-" + evaluator.label();
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(RunningEngine.reports(name), 1, Map.of());
    int sent;
    try (RunningEngine engine = new RunningEngine(broker, name, contracts, policies, evaluator);
        Sender sender = new Sender(broker, RunningEngine.reports(name))) {
      Await.until("a first violation", () -> has(events(broker, name), "opened", "0.3"));

      long edited = System.currentTimeMillis();
      write("windows.yaml", windows("0.9"));
      Await.until("it ends with its contract", () -> ended(events(broker, name)) != null);
      System.out.printf(
          "HotReloadIT: %s, %d ms from the edit to the event%n",
          evaluator.label(), System.currentTimeMillis() - edited);

      write("windows.yaml", windows("0.2"));
      Await.until("another one", () -> has(events(broker, name), "opened", "0.2"));
      breakAndMend(engine);
      Await.until("it continues", () -> has(events(broker, name), "continued", "0.2"));
      sent = sender.stop();
      engine.awaitReports(sent);
    }
    assertEachReportOnce(events(broker, name), sent);
  }

  private void breakAndMend(RunningEngine engine) throws Exception {
    String before =
        engine.get("/metrics").lines().filter(l -> l.startsWith("qoa_rev")).toList() + "";
    Files.writeString(policies.resolve("broken.rego"), "package broken\n\nx := }\n");
    Await.until("health tells of it", () -> engine.get("/health/ready").contains("broken.rego:3"));
    assertThat(engine.get("/health/ready")).contains("degraded");
    assertThat(engine.get("/metrics")).contains("qoa_last_reload_successful 0.0");
    assertThat(engine.get("/metrics").lines().filter(l -> l.startsWith("qoa_rev")).toList() + "")
        .isEqualTo(before);
    Files.delete(policies.resolve("broken.rego"));
    Await.until("it is well", () -> !engine.get("/health/ready").contains("degraded"));
    assertThat(engine.get("/metrics")).contains("qoa_last_reload_successful 1.0");
  }

  /** The contract that judges each report says of each that it was too slow. */
  private static void assertEachReportOnce(List<Message> events, int sent) {
    Set<Long> offsets = new HashSet<>();
    for (Message event : events) {
      if (event.key().equals("each")) {
        long offset = event.value().at("/evidence/first/offset").asLong();
        assertThat(offsets.add(offset)).as("report %d is judged once", offset).isTrue();
      }
    }
    assertThat(offsets).hasSize(sent);
    assertThat(events).extracting(Message::id).doesNotHaveDuplicates();
  }

  private static List<Message> events(EmbeddedBroker broker, String name) {
    return RunningEngine.events(broker, name);
  }

  private static boolean has(List<Message> events, String type, String threshold) {
    return events.stream()
        .anyMatch(
            event ->
                event.type().equals("qoa.violation." + type)
                    && event.value().at("/expected/value").asText().equals(threshold));
  }

  private static Message ended(List<Message> events) {
    return events.stream()
        .filter(event -> event.value().path("message").asText().equals("the contract was changed"))
        .findFirst()
        .orElse(null);
  }

  /** As careful editors do: beside it, then renamed over it. */
  private void write(String name, String text) throws IOException {
    Path beside = folder.resolve("beside");
    Files.writeString(beside, text);
    Files.move(beside, contracts.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String windows(String threshold) {
    return """
        id: windows
        version: 1.0.0
        application: shop
        evaluate: {window: 1s, grace: 100ms}
        stakeholders: [{id: me, roles: [ml_provider]}]
        quality:
          service:
            - name: latency
              constraint_list:
                - {metrics: {metric_name: response_time}, condition: {operator: less_equal, value: %s}, aggregate_function: AVERAGE}
        """
        .formatted(threshold);
  }

  private static String each() {
    return windows("0.1")
        .replace("windows", "each")
        .replace("{window: 1s, grace: 100ms}", "{each: report}");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Reports that it took half a second, all the time, from a thread of its own. */
  private static final class Sender implements AutoCloseable {

    private final Thread thread;
    private final List<Throwable> failures = new ArrayList<>();
    private volatile boolean stopping;
    private final AtomicInteger sent = new AtomicInteger();

    Sender(EmbeddedBroker broker, String topic) {
      thread = new Thread(() -> run(broker, topic), "sender");
      thread.start();
    }

    private void run(EmbeddedBroker broker, String topic) {
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        while (!stopping) {
          producer.send(new ProducerRecord<>(topic, report())).get();
          sent.incrementAndGet();
          Thread.sleep(MILLIS_BETWEEN);
        }
      } catch (Exception e) {
        failures.add(e);
      }
    }

    private static byte[] report() {
      return """
          {"metadata": {"client_config": {"application_name": "shop", "stage_id": "gateway"}, "timestamp": %.3f},
           "service": {"gateway": {"metrics": {"response_time": {"a": {"records": [0.5]}}}}}}"""
          .formatted(System.currentTimeMillis() / 1000.0)
          .getBytes(StandardCharsets.UTF_8);
    }

    int stop() throws InterruptedException {
      stopping = true;
      thread.join();
      assertThat(failures).isEmpty();
      return sent.get();
    }

    @Override
    public void close() {
      stopping = true;
    }
  }
}
