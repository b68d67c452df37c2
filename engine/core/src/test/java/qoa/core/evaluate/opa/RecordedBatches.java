package qoa.core.evaluate.opa;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import qoa.core.contracts.Contract;
import qoa.core.evaluate.Evaluation;
import qoa.core.model.EvaluationInput;
import qoa.core.model.MetricSummary;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.core.policies.PolicyModule;

/** Batches of recorded reports, as inputs for a contract of two promises. */
final class RecordedBatches {

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

  private RecordedBatches() {}

  static List<PolicyModule> policies() throws IOException {
    Path root = Path.of("../../policies");
    List<PolicyModule> modules = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("qoa"))) {
      for (Path file : files.filter(RecordedBatches::isPolicy).sorted().toList()) {
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
        Files.readAllLines(Path.of("../../testdata/reports/object-detection-ml.ndjson"))) {
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
    WindowSummary summary = new WindowSummary(1, stages, metrics, null, null, null);
    return new EvaluationInput("od", "app", moment, summary, Fixtures.report(line), false);
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
