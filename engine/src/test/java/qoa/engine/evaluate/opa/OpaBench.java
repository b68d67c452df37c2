package qoa.engine.evaluate.opa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import qoa.engine.config.OpaConfig;
import qoa.engine.contracts.Contract;
import qoa.engine.contracts.ContractSet;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.evaluate.InputJson;
import qoa.engine.evaluate.Revision;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.MetricSummary;
import qoa.engine.model.StageSummary;
import qoa.engine.model.Window;
import qoa.engine.policies.PolicyModule;
import qoa.engine.policies.PolicySet;

/**
 * Measures what one report costs on a managed OPA, with the project's own policy and recorded
 * reports: one query a report, then batches. Run its main method from the engine folder.
 */
final class OpaBench {

  static final String CONTRACT =
      """
      {"id": "od", "version": "1.0.0",
       "stakeholders": [{"id": "aaltosea1", "roles": ["ml_provider"]},
                        {"id": "student1", "roles": ["ml_consumer"]}],
       "quality": {"service": [
         {"name": "gateway-latency", "stage": "gateway", "provider": "aaltosea1",
          "consumers": ["student1"], "severity": "major", "constraint_list": [
            {"metrics": {"metric_name": "response_time", "unit": "s"},
             "condition": {"operator": "less_equal", "value": 0.1},
             "aggregate_function": "AVERAGE"}]},
         {"name": "gateway-reliability", "stage": "gateway", "provider": "aaltosea1",
          "severity": "minor", "constraint_list": [
            {"metrics": {"metric_name": "reliability"},
             "condition": {"operator": "greater_equal", "value": 99},
             "aggregate_function": "MIN"}]}]}}
      """;

  private static final int BATCH = 4096;
  private static final long SPAN = Duration.ofSeconds(3).toNanos();

  private static String cpu = "";

  private OpaBench() {}

  public static void main(String[] args) throws Exception {
    Contract contract = Fixtures.contract("od", "qoa.contract", Fixtures.json(CONTRACT));
    Revision revision = Revision.of(new PolicySet(policies()), new ContractSet(List.of(contract)));
    List<Evaluation> batch = batch(contract, BATCH);
    try (ManagedOpa managed = ManagedOpa.start(OpaBinary.find())) {
      double single = 0;
      for (int connections : new int[] {1, 2}) {
        for (int size : new int[] {1, 16, 64, 256, 1024}) {
          OpaConfig config =
              new OpaConfig(null, null, null, Duration.ofSeconds(10), size, connections);
          OpaEvaluator evaluator = OpaEvaluator.on(managed, config);
          evaluator.prepare(revision);
          if (single == 0) {
            single(managed, batch);
            single = single(managed, batch);
            System.out.printf("%-28s %8.0f/s  %s%n", "one query a report", single, cpu);
          }
          measure(managed, evaluator, batch, size);
          double rate = measure(managed, evaluator, batch, size);
          System.out.printf(
              "batch %4d, connections %d      %8.0f/s  %5.2f times  %s%n",
              size, connections, rate, rate / single, cpu);
        }
      }
    }
  }

  /** What people do today: the whole report to the policy's package, and wait for the answer. */
  private static double single(ManagedOpa managed, List<Evaluation> batch) throws Exception {
    OpaConnection opa =
        new OpaConnection(managed.await(), managed.token(), HttpClient.newHttpClient());
    Duration[] before = both(managed);
    long start = System.nanoTime();
    int done = 0;
    while (System.nanoTime() - start < SPAN) {
      byte[] body = body(batch.get(done % batch.size()).input());
      opa.query("qoa/contract/violation", body, Duration.ofSeconds(10));
      done++;
    }
    charge(managed, before, done);
    return done * 1e9 / (System.nanoTime() - start);
  }

  /** Processor time is what can be compared on a machine that does other things too. */
  private static Duration used(ManagedOpa managed) {
    return ProcessHandle.of(managed.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  private static Duration used() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static Duration[] both(ManagedOpa managed) {
    return new Duration[] {used(managed), used()};
  }

  private static void charge(ManagedOpa managed, Duration[] before, long done) {
    cpu =
        "processor time a report: OPA %.0f us, JVM %.0f us"
            .formatted(
                used(managed).minus(before[0]).toNanos() / 1e3 / done,
                used().minus(before[1]).toNanos() / 1e3 / done);
  }

  private static byte[] body(EvaluationInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeFieldName("input");
      InputJson.complete().write(json, input);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static double measure(
      ManagedOpa managed, OpaEvaluator evaluator, List<Evaluation> batch, int size)
      throws Exception {
    List<Evaluation> part = batch.subList(0, Math.min(BATCH, Math.max(256, size * 4)));
    Duration[] before = both(managed);
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < SPAN) {
      done += evaluator.evaluate(part).size();
    }
    charge(managed, before, done);
    return done * 1e9 / (System.nanoTime() - start);
  }

  static List<PolicyModule> policies() throws IOException {
    Path root = Path.of("../policies");
    List<PolicyModule> modules = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("qoa"))) {
      for (Path file : files.filter(OpaBench::isPolicy).sorted().toList()) {
        String source = Files.readString(file);
        String path = root.relativize(file).toString();
        modules.add(new PolicyModule(path, Fixtures.packageOf(source), source, false));
      }
    }
    return modules;
  }

  private static boolean isPolicy(Path file) {
    return file.toString().endsWith(".rego") && !file.toString().endsWith("_test.rego");
  }

  static List<Evaluation> batch(Contract contract, int size) throws IOException {
    List<Evaluation> recorded = new ArrayList<>();
    for (String line :
        Files.readAllLines(Path.of("../testdata/reports/object-detection-ml.ndjson"))) {
      JsonNode report = Fixtures.json(line);
      if (report.path("service").has("gateway")) {
        recorded.add(new Evaluation(contract, input(report, line)));
      }
    }
    List<Evaluation> batch = new ArrayList<>();
    while (batch.size() < size) {
      batch.addAll(recorded);
    }
    return batch.subList(0, size);
  }

  private static EvaluationInput input(JsonNode report, String line) {
    Map<String, MetricSummary> metrics = new TreeMap<>();
    TreeSet<String> instances = new TreeSet<>();
    for (String part : List.of("service", "data")) {
      report
          .path(part)
          .path("gateway")
          .path("metrics")
          .properties()
          .forEach(
              metric ->
                  metric
                      .getValue()
                      .properties()
                      .forEach(
                          instance -> {
                            instances.add(instance.getKey());
                            addTo(metrics, metric.getKey(), instance.getValue());
                          }));
    }
    Map<String, StageSummary> stages = Map.of("gateway", new StageSummary(instances, metrics));
    Window moment = Window.moment(report.path("metadata").path("timestamp").asLong() * 1000);
    return new EvaluationInput(
        "od", "app", moment, 1, stages, metrics, Fixtures.report(line), false, null, null);
  }

  private static void addTo(Map<String, MetricSummary> metrics, String name, JsonNode values) {
    JsonNode record = values.path("records").path(0);
    if (record.isNumber()) {
      metrics.put(name, Fixtures.summary(record.doubleValue()));
    } else {
      metrics.put(name, Fixtures.summary(record.path("responseTime").doubleValue()));
      metrics.put(name + ".startTime", Fixtures.summary(record.path("startTime").doubleValue()));
    }
  }
}
