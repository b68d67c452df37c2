package qoa.systemtests.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import qoa.core.contracts.Contract;
import qoa.core.decode.ReportDecoder;
import qoa.core.decode.UndecodableException;
import qoa.core.evaluate.InputJson;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.settings.LimitsConfig;
import qoa.core.windows.ClosedWindow;
import qoa.kafka.BareConsumer;

/**
 * What people do today: a consumer that asks an OPA server about each report, one after the other.
 * OPA starts as its documentation says, with the engine's own setting of Go's garbage collector, so
 * that what differs is the way it is asked. Only violations are asked for, which is the least.
 */
final class OneQueryRun implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY = "/v1/data/qoa/contract/violation";

  private final Contract contract;
  private final Process opa;
  private final URI uri;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());
  private final InputJson inputs = InputJson.complete();
  private final JsonFactory factory = new JsonFactory();

  OneQueryRun(Path binary, Path policies, Contract contract)
      throws IOException, InterruptedException {
    this.contract = contract;
    int port = freePort();
    Path data = Files.createTempFile("qoa-bench", ".json");
    ObjectNode documents = JSON.createObjectNode();
    documents.putObject("contracts").set(contract.id(), contract.document());
    Files.write(data, JSON.writeValueAsBytes(documents));
    ProcessBuilder builder =
        new ProcessBuilder(
            binary.toString(),
            "run",
            "--server",
            "--addr=127.0.0.1:" + port,
            "--log-level=error",
            "--skip-version-check",
            policies.toString(),
            data.toString());
    builder.environment().putAll(Map.of("GOGC", "400", "GOMEMLIMIT", "1GiB"));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    this.opa = builder.start();
    this.uri = URI.create("http://127.0.0.1:" + port);
    awaitStart();
    Files.delete(data);
  }

  private void awaitStart() throws InterruptedException {
    HttpRequest health = HttpRequest.newBuilder(uri.resolve("/health")).build();
    for (int i = 0; i < 300; i++) {
      try {
        if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(50); // not yet
      }
    }
    opa.destroy();
    throw new IllegalStateException("OPA did not start");
  }

  /** Asks about this many reports. */
  Measured run(String topic, Map<String, Object> client, long reports) throws Exception {
    Measured.Watch watch = new Measured.Watch();
    long violations = 0;
    long asked = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = BareConsumer.on(topic, client)) {
      while (asked < reports) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(50))) {
          if (asked == reports) {
            break;
          }
          violations += ask(message).size();
          asked++;
          watch.took(1);
        }
      }
    }
    Measured measured = watch.stop();
    if (violations == 0) {
      throw new IllegalStateException("no violations at all");
    }
    return measured;
  }

  private JsonNode ask(ConsumerRecord<byte[], byte[]> message)
      throws IOException, InterruptedException, UndecodableException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(QUERY))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(message)))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode result = JSON.readTree(response.body()).path("result");
    if (response.statusCode() != 200 || !result.isArray()) {
      throw new IllegalStateException("OPA answered " + response.statusCode());
    }
    return result;
  }

  private byte[] body(ConsumerRecord<byte[], byte[]> message)
      throws IOException, UndecodableException {
    RawReport raw =
        new RawReport(
            new Partition(message.topic(), message.partition()),
            message.offset(),
            message.timestamp(),
            message.key(),
            message.value(),
            List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeFieldName("input");
      inputs.write(json, ClosedWindow.ofReport(contract.id(), decoder.decode(raw)));
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    opa.destroy();
    opa.onExit().join();
  }
}
