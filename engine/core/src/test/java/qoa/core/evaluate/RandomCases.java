package qoa.core.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.model.EvaluationInput;
import qoa.core.model.MetricSummary;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;

/**
 * Contracts and inputs as they might be, and as they should not be: most of what is drawn makes
 * sense, and now and then any value stands in its place.
 */
final class RandomCases {

  /** What number lines, texts and types are mistaken in. */
  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "0.0",
    "-0.0",
    "1",
    "1.0",
    "-1",
    "2",
    "0.1",
    "0.3",
    "1e0",
    "100",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "1e21",
    "1E+21",
    "1e20",
    "999999999999999999999",
    "1e-7",
    "0.000001",
    "1e308",
    "1.7976931348623157e308",
    "5e-324",
    "-1e-300",
    "123456789012345678901234567890",
    "0.10000000000000000555",
    "1234567.125",
    "3.0000000000000004",
    "\"\"",
    "\"x\"",
    "\"1\"",
    "\"s\"",
    "\"\\uD83D\\uDCA1 \\uD835\\uDCB3\"",
    "\"\\uFFFD\\uFB01\"",
    "\"a\\u0001\\t\\\"\\\\\\u007f\\u2028<>&\"",
    "[]",
    "{}",
    "[1, 1.0]",
    "[null]",
    "{\"a\": null}",
    "{\"min\": 0, \"max\": 1.0}",
    "{\"max\": 1e21, \"min\": -1e21}",
    "[[], {}]"
  };

  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1,
    0.1,
    0.2,
    0.30000000000000004,
    0.3,
    100,
    9007199254740991.0,
    9007199254740992.0,
    9007199254740994.0,
    1e20,
    1e21,
    1e22,
    1e-6,
    1e-7,
    4.9e-324,
    Double.MAX_VALUE,
    -1e-300,
    1234567.125,
    Double.NaN,
    Double.NEGATIVE_INFINITY
  };

  private static final String[] METRICS = {"response_time", "accuracy", "m.a", "", "\uD83D\uDCA1"};
  private static final String[] STAGES = {"gateway", "inference", "", "\u00e9tape \uD835\uDCB3"};
  private static final String[] PARTIES = {"edge1", "aaltosea1", "student1", "\uD83D\uDCA1"};
  private static final String[] UNITS = {"s", "ms", "", "ms|s"};
  private static final String[] MACHINES = {"small", "normal", ""};
  private static final String[] CLIENTS = {"aaltosea1", "user1", "nobody"};
  private static final String[] OPERATORS = {
    "range", "less_equal", "greater_equal", "less_than", "greater_than", "equal", "near"
  };
  private static final String[] AGGREGATES = {
    "MIN", "MAX", "AVERAGE", "SUM", "COUNT", "OR", "AND", "PRODUCT", "P50", "P95", "P99", "LAST",
    "MODE"
  };

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Random random;

  RandomCases(long seed) {
    random = new Random(seed);
  }

  static Contract contract(String id, String policy, JsonNode document) {
    return new Contract(
        id, "1", "app", policy, new Schedule.EachReport(), List.of(), document, id + ".yaml");
  }

  /** What {@code qoa.contract} judges. */
  ObjectNode qualityContract() {
    ObjectNode contract = JSON.createObjectNode();
    contract.set("stakeholders", stakeholders());
    ObjectNode quality = contract.putObject("quality");
    for (String kind : List.of("service", "data")) {
      if (chance(0.8)) {
        quality.set(kind, mostly(0.98, () -> list(1 + random.nextInt(3), this::group)));
      }
    }
    return contract;
  }

  private ArrayNode stakeholders() {
    return list(
        random.nextInt(4),
        () -> {
          ObjectNode party = JSON.createObjectNode().put("id", one(PARTIES));
          String role = chance(0.5) ? "ml_provider" : "ml_consumer";
          maybe(party, "roles", () -> chance(0.8) ? JSON.createArrayNode().add(role) : text(role));
          return party;
        });
  }

  private ObjectNode group() {
    ObjectNode group = JSON.createObjectNode();
    maybe(group, "name", () -> text("promise " + random.nextInt(3)));
    maybe(group, "stage", () -> text(one(STAGES)));
    maybe(group, "provider", () -> text(one(PARTIES)));
    maybe(group, "consumers", () -> list(random.nextInt(3), () -> text(one(PARTIES))));
    maybe(group, "severity", () -> text("major"));
    if (chance(0.3)) {
      maybe(group, "min_count", () -> number(random.nextInt(4)));
    }
    group.set("constraint_list", list(1 + random.nextInt(3), this::constraint));
    return group;
  }

  private ObjectNode constraint() {
    ObjectNode constraint = JSON.createObjectNode();
    ObjectNode metrics = constraint.putObject("metrics");
    maybe(metrics, "metric_name", () -> text(one(METRICS)));
    if (chance(0.3)) {
      maybe(metrics, "unit", () -> text(one(UNITS)));
    }
    ObjectNode condition = constraint.putObject("condition");
    maybe(condition, "operator", () -> text(one(OPERATORS)));
    maybe(condition, "value", this::threshold);
    maybe(constraint, "aggregate_function", () -> text(one(AGGREGATES)));
    return constraint;
  }

  private JsonNode threshold() {
    return chance(0.3)
        ? JSON.createObjectNode().<ObjectNode>set("min", value()).set("max", value())
        : value();
  }

  /** What {@code bts.fairness} judges. */
  ObjectNode fairnessContract() {
    ObjectNode contract = JSON.createObjectNode();
    contract
        .putObject("quality")
        .set(
            "fairness",
            list(
                1 + random.nextInt(3),
                () -> {
                  ObjectNode group = group();
                  maybe(group, "between", () -> list(random.nextInt(4), () -> text(one(METRICS))));
                  return group;
                }));
    return contract;
  }

  /** A document in which some values are others. */
  JsonNode mutated(JsonNode document) {
    if (chance(0.01)) {
      return value();
    }
    if (document.isObject()) {
      ObjectNode copy = JSON.createObjectNode();
      document.properties().forEach(entry -> copy.set(entry.getKey(), mutated(entry.getValue())));
      return copy;
    }
    if (document.isArray()) {
      ArrayNode copy = JSON.createArrayNode();
      document.forEach(item -> copy.add(mutated(item)));
      return copy;
    }
    return document;
  }

  /** Any values, for a policy that looks at all of them. */
  ObjectNode anyValues() {
    ObjectNode contract = JSON.createObjectNode();
    contract.set("values", list(random.nextInt(6), this::value));
    return contract;
  }

  /** An input with the report of the tutorial's client, or with no report. */
  EvaluationInput input(String contract) {
    Map<String, StageSummary> stages = new TreeMap<>();
    for (String stage : STAGES) {
      if (chance(0.6)) {
        TreeSet<String> instances = new TreeSet<>(List.of("i1", one(PARTIES)));
        stages.put(stage, new StageSummary(instances, metrics()));
      }
    }
    Window window = new Window(random.nextInt(1000), 1_795_428_000_000L + random.nextInt(10_000));
    Report report = chance(0.9) ? report() : null;
    WindowSummary summary =
        new WindowSummary(random.nextInt(3), stages, metrics(), null, null, null);
    return new EvaluationInput(contract, "app", window, summary, report, false);
  }

  private Map<String, MetricSummary> metrics() {
    Map<String, MetricSummary> metrics = new TreeMap<>();
    for (String metric : METRICS) {
      if (chance(0.7)) {
        metrics.put(metric, summary());
      }
    }
    return metrics;
  }

  private MetricSummary summary() {
    return new MetricSummary(
        chance(0.6) ? null : one(UNITS),
        random.nextInt(3),
        observed(),
        observed(),
        observed(),
        observed(),
        observed(),
        observed(),
        observed(),
        observed(),
        observed(),
        chance(0.5) ? null : random.nextBoolean(),
        chance(0.5) ? null : random.nextBoolean(),
        null);
  }

  private Double observed() {
    if (chance(0.1)) {
      return null;
    }
    return switch (random.nextInt(4)) {
      case 0 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(200) - 100);
      case 1 -> (double) random.nextInt(200);
      case 2 -> random.nextInt(2000) / 1000.0;
      default -> NUMBERS[random.nextInt(NUMBERS.length)];
    };
  }

  private Report report() {
    ObjectNode report = JSON.createObjectNode();
    ObjectNode metadata = report.putObject("metadata");
    maybe(metadata, "client_id", () -> text(one(CLIENTS)));
    maybe(metadata, "machinetype", () -> text(one(MACHINES)));
    ObjectNode quality = report.putObject("quality");
    maybe(quality, "ResponseTime", () -> number(random.nextInt(100) / 1000.0));
    maybe(quality, "Accuracy", () -> number(75 + random.nextInt(25)));
    maybe(quality, "DataAccuracy", () -> number(75 + random.nextInt(25)));
    byte[] bytes = report.toString().getBytes(StandardCharsets.UTF_8);
    RawReport raw = new RawReport(new Partition("t", 0), 0, 0, null, bytes, List.of());
    return new Report(raw, ReportKind.ML, "app", "", 0, List.of());
  }

  /** Most often there and as it should be; else absent, or any value. */
  private void maybe(ObjectNode object, String key, Supplier<JsonNode> value) {
    if (chance(0.9)) {
      object.set(key, mostly(0.9, value));
    }
  }

  private JsonNode mostly(double probability, Supplier<? extends JsonNode> value) {
    return chance(probability) ? value.get() : value();
  }

  private ArrayNode list(int size, Supplier<? extends JsonNode> item) {
    ArrayNode list = JSON.createArrayNode();
    for (int i = 0; i < size; i++) {
      list.add(item.get());
    }
    return list;
  }

  private JsonNode value() {
    try {
      return JSON.readTree(chance(0.3) ? String.valueOf(random.nextInt(200)) : one(VALUES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode number(double value) {
    return JSON.getNodeFactory().numberNode(value);
  }

  private static JsonNode number(int value) {
    return JSON.getNodeFactory().numberNode(value);
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().textNode(value);
  }

  private String one(String[] values) {
    return values[random.nextInt(values.length)];
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
