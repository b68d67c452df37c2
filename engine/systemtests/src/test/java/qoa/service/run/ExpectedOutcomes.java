package qoa.service.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the contracts in {@code contracts/} must come to, worked out a second time and by other
 * means than the engine's: reports are kept, and windows are judged when all is over. Each
 * application's reports have to be told in the order of their partition.
 */
final class ExpectedOutcomes {

  /** A promise: an upper limit on a function of response times at a stage. */
  private record Promise(
      String name,
      String stage,
      List<String> stakeholders,
      String role,
      String severity,
      boolean mean,
      double limit) {}

  private record Contract(String id, long size, long grace, List<Promise> promises) {}

  private record Told(long time, int partition, long offset, JsonNode report) {
    String position() {
      return partition + ":" + offset;
    }
  }

  private record Seen(double value, Told told) {}

  private static final Comparator<Told> BY_TIME =
      Comparator.comparingLong(Told::time).thenComparingLong(Told::offset);

  private static final Map<String, Contract> CONTRACTS =
      Map.of(
          "object_detection_teaching",
          new Contract(
              "detection",
              10_000,
              2_000,
              List.of(
                  new Promise(
                      "gateway-latency",
                      "gateway",
                      List.of("edge1"),
                      "ml_infrastructure",
                      "major",
                      true,
                      0.1),
                  new Promise(
                      "slowest-inference",
                      "ml_inference",
                      List.of("sea1", "sea2"),
                      "ml_provider",
                      "minor",
                      false,
                      0.1),
                  new Promise(
                      "price",
                      "billing",
                      List.of("edge1"),
                      "ml_infrastructure",
                      "critical",
                      false,
                      1))),
          "object_classification_ensemble",
          new Contract(
              "ensemble",
              0,
              0,
              List.of(
                  new Promise(
                      "request-latency",
                      "gateway",
                      List.of("sea1"),
                      "ml_provider",
                      "major",
                      false,
                      0.06))),
          "bts_prediction",
          new Contract(
              "prediction",
              20_000,
              5_000,
              List.of(
                  new Promise(
                      "prediction-latency",
                      "lstm_prediction",
                      List.of("cloud1"),
                      "ml_infrastructure",
                      "minor",
                      true,
                      0.05))));

  private final Map<String, Map<Long, List<Told>>> windows = new TreeMap<>();
  private final Map<String, Long> watermarks = new HashMap<>();
  private final Map<String, Long> counters = new TreeMap<>();
  private final List<String> events = new ArrayList<>();

  ExpectedOutcomes() {
    for (String kind :
        List.of(
            "ml",
            "rohe",
            "general",
            "system",
            "process",
            "container",
            "client_2022",
            "client_2023",
            "user_defined",
            "unknown")) {
      for (String outcome : List.of("evaluated", "unmatched", "dead_letter", "late")) {
        count("qoa_reports_total", 0, "kind", kind, "outcome", outcome);
      }
    }
    for (String reason :
        List.of(
            "empty",
            "too_large",
            "not_json",
            "too_deep",
            "duplicate_key",
            "number_out_of_range",
            "unknown_shape",
            "wrong_type",
            "no_application",
            "no_time",
            "invalid_time",
            "not_rekeyed",
            "record_too_large")) {
      count("qoa_dead_letters_total", 0, "reason", reason);
    }
    CONTRACTS.values().forEach(this::declare);
  }

  /** Every promise is there with 0 before anything is said of it. */
  private void declare(Contract contract) {
    for (String outcome : List.of("defined", "undefined", "silent", "failed")) {
      count("qoa_evaluations_total", 0, "contract", contract.id(), "outcome", outcome);
    }
    for (Promise promise : contract.promises()) {
      for (String stakeholder : promise.stakeholders()) {
        for (String verdict : List.of("met", "violated", "undetermined")) {
          verdict(contract, promise, stakeholder, verdict, 0);
        }
        violation(contract, promise, stakeholder, 0);
      }
    }
  }

  /** A dead letter is sent. */
  void deadLetter(String reason) {
    count("qoa_reports_total", 1, "kind", "unknown", "outcome", "dead_letter");
    count("qoa_dead_letters_total", 1, "reason", reason);
  }

  /** A report is sent. */
  void report(
      String kind, String application, long time, int partition, long offset, JsonNode report) {
    Contract contract = CONTRACTS.get(application);
    Told told = new Told(time, partition, offset, report);
    String outcome;
    if (contract == null) {
      outcome = "unmatched";
    } else if (contract.size() == 0) {
      outcome = "evaluated";
      judgeAlone(contract, told, time, time, false);
    } else {
      long start = Math.floorDiv(time, contract.size()) * contract.size();
      long end = start + contract.size();
      long watermark = watermarks.getOrDefault(application, Long.MIN_VALUE);
      boolean late = end + contract.grace() <= watermark;
      outcome = late ? "late" : "evaluated";
      if (late) {
        judgeAlone(contract, told, start, end, true);
      } else {
        windows
            .computeIfAbsent(application, a -> new TreeMap<>())
            .computeIfAbsent(start, s -> new ArrayList<>())
            .add(told);
      }
    }
    watermarks.merge(application, time, Math::max);
    count("qoa_reports_total", 1, "kind", kind, "outcome", outcome);
  }

  private void judgeAlone(Contract contract, Told told, long start, long end, boolean late) {
    count("qoa_evaluations_total", 1, "contract", contract.id(), "outcome", "defined");
    for (Promise promise : contract.promises()) {
      for (String stakeholder : promise.stakeholders()) {
        String verdict = verdict(contract, promise, stakeholder, List.of(told));
        String type =
            switch (verdict) {
              case "violated" -> "qoa.violation.occurred";
              case "undetermined" -> "qoa.constraint.undetermined";
              default -> null;
            };
        if (type != null) {
          event(type, contract, promise, stakeholder, List.of(told), start, end, late, null);
        }
      }
    }
  }

  /** All was sent: judges the windows that event time has closed. */
  void finish() {
    windows.forEach(
        (application, byStart) -> {
          Contract contract = CONTRACTS.get(application);
          // The first window without a report tells that the application fell silent.
          for (long start : List.copyOf(byStart.keySet())) {
            byStart.putIfAbsent(start + contract.size(), List.of());
          }
          Map<String, Long> open = new HashMap<>();
          byStart.forEach(
              (start, reports) -> {
                long end = start + contract.size();
                if (end + contract.grace() <= watermarks.get(application)) {
                  judgeWindow(contract, start, end, reports, open);
                }
              });
        });
  }

  private void judgeWindow(
      Contract contract, long start, long end, List<Told> reports, Map<String, Long> open) {
    count("qoa_evaluations_total", 1, "contract", contract.id(), "outcome", "defined");
    for (Promise promise : contract.promises()) {
      for (String stakeholder : promise.stakeholders()) {
        String key = promise.name() + stakeholder;
        String verdict = verdict(contract, promise, stakeholder, reports);
        Long since = open.get(key);
        String type;
        if (verdict.equals("violated")) {
          type = since == null ? "qoa.violation.opened" : "qoa.violation.continued";
          open.putIfAbsent(key, start);
        } else if (verdict.equals("undetermined")) {
          type = "qoa.constraint.undetermined";
        } else if (since != null) {
          type = "qoa.violation.resolved";
          open.remove(key);
        } else {
          continue;
        }
        Long told =
            verdict.equals("undetermined") ? null : (since == null ? Long.valueOf(start) : since);
        event(type, contract, promise, stakeholder, reports, start, end, false, told);
      }
    }
  }

  private String verdict(
      Contract contract, Promise promise, String stakeholder, List<Told> reports) {
    List<Seen> seen = seen(promise, reports);
    String verdict =
        seen.isEmpty()
            ? "undetermined"
            : observed(promise, seen) <= promise.limit() ? "met" : "violated";
    verdict(contract, promise, stakeholder, verdict, 1);
    if (verdict.equals("violated")) {
      violation(contract, promise, stakeholder, 1);
    }
    return verdict;
  }

  private void verdict(
      Contract contract, Promise promise, String stakeholder, String verdict, long count) {
    count(
        "qoa_verdicts_total",
        count,
        "contract",
        contract.id(),
        "stakeholder",
        stakeholder,
        "constraint",
        promise.name(),
        "stage",
        promise.stage(),
        "verdict",
        verdict);
  }

  private void violation(Contract contract, Promise promise, String stakeholder, long count) {
    count(
        "qoa_violations_total",
        count,
        "contract",
        contract.id(),
        "stakeholder",
        stakeholder,
        "role",
        promise.role(),
        "constraint",
        promise.name(),
        "stage",
        promise.stage(),
        "severity",
        promise.severity());
  }

  private static double observed(Promise promise, List<Seen> seen) {
    var values = seen.stream().mapToDouble(Seen::value);
    return (promise.mean() ? values.average() : values.max()).orElseThrow();
  }

  private static List<Seen> seen(Promise promise, List<Told> reports) {
    List<Seen> seen = new ArrayList<>();
    for (Told told : reports) {
      for (double value : responseTimes(told.report(), promise.stage())) {
        seen.add(new Seen(value, told));
      }
    }
    return seen;
  }

  /** As QoA4ML's three newer kinds of report tell them. */
  static List<Double> responseTimes(JsonNode report, String stage) {
    List<Double> times = new ArrayList<>();
    for (JsonNode body : List.of(report, report.path("inference_report"))) {
      body.path("service")
          .path(stage)
          .path("metrics")
          .path("response_time")
          .forEach(instance -> instance.path("records").forEach(r -> times.add(number(r))));
    }
    for (JsonNode metric : report.path("metrics")) {
      if (metric.path("metric_name").asText().equals("response_time")
          && metric.path("stage").asText().equals(stage)) {
        metric.path("records").forEach(r -> times.add(number(r)));
      }
    }
    return times;
  }

  private static double number(JsonNode value) {
    return value.isObject() ? value.path("responseTime").doubleValue() : value.doubleValue();
  }

  private void event(
      String type,
      Contract contract,
      Promise promise,
      String stakeholder,
      List<Told> reports,
      long start,
      long end,
      boolean late,
      Long since) {
    List<Seen> seen = seen(promise, reports);
    List<Told> rest = seen.isEmpty() ? reports : seen.stream().map(Seen::told).toList();
    boolean violated = type.startsWith("qoa.violation.") && !type.endsWith("resolved");
    events.add(
        String.join(
            " ",
            type,
            contract.id(),
            stakeholder,
            promise.name(),
            time(start),
            time(end),
            late ? "late" : "timely",
            String.valueOf(reports.size()),
            "observed=" + (seen.isEmpty() ? "" : rounded(observed(promise, seen))),
            "since=" + (since == null ? "" : time(since)),
            "first=" + rest.stream().min(BY_TIME).map(Told::position).orElse(""),
            "last=" + rest.stream().max(BY_TIME).map(Told::position).orElse(""),
            "worst=" + (violated ? worst(seen) : "")));
  }

  private static String worst(List<Seen> seen) {
    return seen.stream()
        .max(
            Comparator.comparingDouble(Seen::value)
                .thenComparing(s -> s.told().offset(), Comparator.reverseOrder()))
        .map(s -> s.told().position())
        .orElseThrow();
  }

  /** The same line of an event that the engine sent. */
  static String line(RunningEngine.Message event) {
    JsonNode value = event.value();
    JsonNode observed = value.path("observed");
    return String.join(
        " ",
        event.type(),
        value.at("/contract/id").asText(),
        value.at("/stakeholder/id").asText(),
        value.path("constraint").asText(),
        value.at("/window/start").asText(),
        value.at("/window/end").asText(),
        value.path("late").asBoolean() ? "late" : "timely",
        value.path("reports").asText(),
        "observed=" + (observed.isNumber() ? rounded(observed.doubleValue()) : observed.asText()),
        "since=" + value.path("since").asText(),
        "first=" + position(value.at("/evidence/first")),
        "last=" + position(value.at("/evidence/last")),
        "worst=" + position(value.at("/evidence/worst")));
  }

  private static String position(JsonNode position) {
    return position.isMissingNode()
        ? ""
        : position.path("partition").asText() + ":" + position.path("offset").asText();
  }

  /** Two ways of adding differ in the last digits. */
  private static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(9)).stripTrailingZeros().toPlainString();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private void count(String name, long by, String... labels) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < labels.length; i += 2) {
      pairs.add(labels[i] + "=\"" + labels[i + 1] + "\"");
    }
    counters.merge(name + "{" + String.join(",", pairs) + "}", by, Long::sum);
  }

  /** One line an event. */
  List<String> events() {
    return events;
  }

  /** Every series of the counters, with those that are 0 from the start. */
  Map<String, Long> counters() {
    return counters;
  }
}
