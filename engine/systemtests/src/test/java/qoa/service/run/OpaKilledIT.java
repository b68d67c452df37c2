package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.Rekey;
import qoa.service.config.Evaluator;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;
import qoa.testing.RecordedFiles;

/** Kills the engine's OPA the hard way while reports come in. */
class OpaKilledIT {

  private static final String TOPIC = RunningEngine.reports("opa-killed");
  private static final int KILLS = 3;
  private static final int REPORTS_BETWEEN_KILLS = 200;
  private static final long START = 1_795_000_000_000L;

  @Test
  void noEventIsLostOrTwice_whenOpaIsKilledAgainAndAgain() throws Exception {
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(TOPIC, 2, Map.of());
    long sent = runAndKill(broker);
    try (RunningEngine undisturbed = engine(broker, "undisturbed")) {
      undisturbed.awaitReports(sent);
    }

    List<String> disturbed = ids(RunningEngine.events(broker, "disturbed"));
    assertThat(disturbed).doesNotHaveDuplicates();
    assertThat(Set.copyOf(disturbed))
        .isEqualTo(Set.copyOf(ids(RunningEngine.events(broker, "undisturbed"))))
        .hasSizeGreaterThan(100);
    assertThat(opa()).as("an OPA that outlives its engine").isEmpty();
  }

  private static RunningEngine engine(EmbeddedBroker broker, String name) throws Exception {
    return new RunningEngine(
        broker,
        TOPIC,
        name,
        EngineOnKafkaIT.contracts(),
        Path.of("../../policies"),
        Evaluator.OPA,
        Rekey.NEVER,
        Map.of());
  }

  private static List<String> ids(List<RunningEngine.Message> events) {
    assertThat(events)
        .extracting(RunningEngine.Message::type)
        .doesNotContain("qoa.evaluation.failed");
    return events.stream().map(RunningEngine.Message::id).toList();
  }

  private static long runAndKill(EmbeddedBroker broker) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger sent = new AtomicInteger();
    Thread client = new Thread(() -> report(broker, enough, sent), "client");
    try (RunningEngine engine = engine(broker, "disturbed")) {
      Await.until("ready", () -> ready(engine).equals("{\"ready\":true}\n"));
      client.start();
      Set<String> causes = new TreeSet<>();
      for (int i = 0; i < KILLS; i++) {
        int target = sent.get() + REPORTS_BETWEEN_KILLS;
        Await.until("reports come in", () -> sent.get() >= target);
        kill(engine, causes);
      }
      enough.set(true);
      client.join();
      engine.awaitReports(sent.get());
      assertThat(causes)
          .allMatch(cause -> cause.contains("\"evaluator\":") && cause.contains("OPA"));
    } finally {
      enough.set(true);
    }
    return sent.get();
  }

  /** Kills OPA, and waits until health has told so, and that it is well again. */
  private static void kill(RunningEngine engine, Set<String> causes) throws Exception {
    Await.until("an OPA to kill", () -> opa().isPresent());
    ProcessHandle opa = opa().orElseThrow();
    opa.destroyForcibly();
    Await.until(
        "health says that OPA is down",
        () -> {
          String told = ready(engine);
          if (told.contains("\"ready\":false")) {
            causes.add(told);
            return true;
          }
          opa().ifPresent(ProcessHandle::destroyForcibly); // it was back before we looked
          return false;
        });
    Await.until("ready again", () -> ready(engine).equals("{\"ready\":true}\n"));
    assertThat(opa.isAlive()).isFalse();
  }

  private static String ready(RunningEngine engine) {
    return engine.get("/health/ready");
  }

  /** Each OPA pauses longer before it starts, so one is soon seen to be away. */
  private static Optional<ProcessHandle> opa() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("opa"))
        .findFirst();
  }

  private static void report(EmbeddedBroker broker, AtomicBoolean enough, AtomicInteger sent) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      RecordedFiles ensemble = RecordedFiles.of("rohe");
      RecordedFiles detection = RecordedFiles.of("object-detection-ml");
      while (!enough.get()) {
        int turn = sent.get();
        ObjectNode report = (turn % 2 == 0 ? ensemble : detection).next(START + turn * 50L);
        byte[] key = report.findPath("application_name").asText().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(TOPIC, key, RecordedFiles.bytes(report))).get();
        sent.incrementAndGet();
        Thread.sleep(2);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
