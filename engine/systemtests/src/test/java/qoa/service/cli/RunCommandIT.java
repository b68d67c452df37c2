package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;
import qoa.testing.RecordedFiles;

/** Runs the service as a process, and checks its health and how it ends. */
class RunCommandIT {

  private static final Pattern URL = Pattern.compile("metrics and health at (http://\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void endsWell_andTakesItsOpaWithIt_whenToldToEnd() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("qoa.reports", 2, Map.of());
      try (ChildJvm child = start(broker.bootstrapServers(), "--evaluator", "opa")) {
        awaitReady(child);
        List<ProcessHandle> opa = child.handle().descendants().toList();
        assertThat(opa).isNotEmpty();

        child.terminate();

        Result result = child.await(Duration.ofSeconds(15));
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertNoStackTrace(result);
        Await.until("OPA has ended", () -> opa.stream().noneMatch(ProcessHandle::isAlive));
      }
    }
  }

  @Test
  void saysThatItWaitsForKafka_andGivesUp_whenThereIsNoBroker() throws Exception {
    String nowhere = "127.0.0.1:" + freePort();
    try (ChildJvm child = start(nowhere)) {
      Await.until(
          () -> "not ready because of Kafka: " + child.err(),
          Await.LONG,
          () -> {
            HttpResponse<String> answer = get(child, "/health/ready");
            return answer != null
                && answer.statusCode() == 503
                && answer.body().contains("\"kafka\":\"connecting to " + nowhere);
          });

      Result result = child.await(Await.LONG);
      assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
      assertNoStackTrace(result);
      assertThat(result.err()).contains(nowhere);
      assertThat(result.err().lines().count()).as("%s", result).isLessThan(10);
    }
  }

  @Test
  void goesOn_whenTheBrokerWasAwayForAWhile() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("broker"));
    int port = freePort();
    ChildJvm started;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port, Map.of())) {
      broker.createTopic("qoa.reports", 1, Map.of());
      started = start(broker.bootstrapServers());
      awaitReady(started);
      send(broker);
      awaitEvaluated(started, 1);
    }
    try (ChildJvm child = started) {
      Await.until(
          "not ready because of Kafka",
          () -> {
            HttpResponse<String> answer = get(child, "/health/ready");
            return answer.statusCode() == 503 && answer.body().contains("kafka");
          });
      try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port, Map.of())) {
        send(broker);
        awaitEvaluated(child, 2);
        awaitReady(child);
        child.terminate();

        Result result = child.await(Await.LONG);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertNoStackTrace(result);
      }
    }
  }

  @Test
  void endsWithCode1_andOneLine_whenAWorkerDiesOfAnError() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("qoa.reports", 1, Map.of());
      String[] arguments = {"-c", config(broker.bootstrapServers()).toString()};
      try (ChildJvm child =
          ChildJvm.startMain("qoa.service.cli.DyingService", List.of(), arguments)) {
        awaitReady(child);
        send(broker, "this is no report".getBytes(StandardCharsets.UTF_8));

        Result result = child.await(Duration.ofSeconds(30));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.err().lines().filter(line -> line.startsWith("qoa: the thread")))
            .containsExactly(
                "qoa: the thread qoa-engine-1 was ended by java.lang.StackOverflowError");
        assertThat(result.err().lines().count()).as("%s", result).isLessThan(60);
      }
    }
  }

  /** 40 MiB are enough to start, but not for 50 MiB of messages that are read at once. */
  @Test
  void endsWithCode3_whenMemoryRunsOut() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("qoa.reports", 1, Map.of("max.message.bytes", "60000000"));
      List<String> options = List.of("-Xmx40m", "-XX:+ExitOnOutOfMemoryError");
      String config = config(broker.bootstrapServers()).toString();
      try (ChildJvm child = ChildJvm.start(null, options, "run", "-c", config)) {
        awaitReady(child);
        send(broker, new byte[50_000_000]);

        Result result = child.await(Duration.ofSeconds(30));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.out()).contains("OutOfMemoryError");
      }
    }
  }

  /** Without group.instance.id, the session of the dead member must expire first. */
  @Test
  void goesOnWithinSeconds_whenItWasKilledAndIsStartedAgain() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("qoa.reports", 1, Map.of());
      try (ChildJvm killed = start(broker.bootstrapServers())) {
        awaitReady(killed);
        send(broker);
        awaitEvaluated(killed, 1);
        killed.handle().destroyForcibly();
        killed.await(Await.LONG);
      }
      long killedAt = System.nanoTime();
      send(broker);
      try (ChildJvm again = start(broker.bootstrapServers())) {
        awaitReady(again);
        awaitEvaluated(again, 1);
        double seconds = (System.nanoTime() - killedAt) / 1e9;
        System.err.println("blind for " + seconds + " s");
        assertThat(seconds).isLessThan(25);
      }
    }
  }

  @Test
  void waitsForItsTopic_andSaysHowToMakeIt_whenThatIsMissing() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        ChildJvm child = start(broker.bootstrapServers())) {
      Await.until(
          () -> "not ready because of the topic: " + child.err(),
          Await.LONG,
          () -> {
            HttpResponse<String> answer = get(child, "/health/ready");
            return answer != null
                && answer.statusCode() == 503
                && answer.body().contains("topic qoa.reports does not exist")
                && answer.body().contains("kafka-topics.sh");
          });
      broker.createTopic("qoa.reports", 1, Map.of());
      awaitReady(child);
      assertThat(child.err()).containsOnlyOnce("topic qoa.reports does not exist");
    }
  }

  private void awaitEvaluated(ChildJvm child, int reports) throws Exception {
    String series = "kind=\"ml\",outcome=\"evaluated\",} " + reports + ".0";
    Await.until(
        () -> reports + " reports evaluated: " + child.err(),
        Await.LONG,
        () -> get(child, "/metrics").body().contains(series));
  }

  private ChildJvm start(String bootstrapServers, String... more) throws IOException {
    Path config = config(bootstrapServers);
    List<String> arguments = new ArrayList<>(List.of("run", "-c", config.toString()));
    arguments.addAll(List.of(more));
    return ChildJvm.start(null, List.of(), arguments.toArray(String[]::new));
  }

  private Path config(String bootstrapServers) throws IOException {
    return Files.writeString(
        folder.resolve("engine.yaml"),
        """
        kafka: {bootstrap.servers: "%s", default.api.timeout.ms: 6000, request.timeout.ms: 6000}
        producer: {max.block.ms: 5000} # how long to wait for a broker that went away
        http: {port: 0}
        """
            .formatted(bootstrapServers));
  }

  private static void send(EmbeddedBroker broker) throws Exception {
    send(
        broker,
        RecordedFiles.bytes(RecordedFiles.of("object-detection-ml").next(1_795_000_000_000L)));
  }

  private static void send(EmbeddedBroker broker, byte[] report) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.request.size",
                60_000_000,
                "buffer.memory",
                100_000_000L),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("qoa.reports", report)).get();
    }
  }

  private void awaitReady(ChildJvm child) throws Exception {
    Await.until(
        () -> "ready: " + child.err(),
        Await.LONG,
        () -> {
          assertThat(child.handle().isAlive()).as("%s", child.err()).isTrue();
          HttpResponse<String> answer = get(child, "/health/ready");
          return answer != null && answer.statusCode() == 200;
        });
  }

  /** Null while nothing listens. */
  private HttpResponse<String> get(ChildJvm child, String path) throws Exception {
    Matcher url = URL.matcher(child.err());
    if (!url.find()) {
      return null;
    }
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(url.group(1) + path)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    }
  }

  private static void assertNoStackTrace(Result result) {
    assertThat(result.out() + result.err()).doesNotContain("\tat ");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
