package qoa.engine.evaluate.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import qoa.engine.evaluate.plan.value.JsonReader;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.MetricSummary;
import qoa.engine.model.Report;
import qoa.engine.model.StageSummary;
import qoa.engine.model.Window;

/**
 * Makes the {@code input} that a policy sees (DESIGN section 6) out of what was observed, without
 * JSON text in between: the same as {@link qoa.engine.evaluate.InputJson} writes. Immutable, for
 * any number of threads.
 */
final class PlanInput {

  private static final double MILLIS = 1000.0;

  private final boolean stages;
  private final boolean metrics;
  private final boolean report;

  /**
   * @param visible the keys of the input that the policy can look at; {@code stages}, {@code
   *     metrics} and {@code report} are left out where they are not among them; null for all
   */
  PlanInput(Set<String> visible) {
    stages = visible == null || visible.contains("stages");
    metrics = visible == null || visible.contains("metrics");
    report = visible == null || visible.contains("report");
  }

  /** The input of one evaluation. */
  RegoValue of(EvaluationInput input) {
    RegoObject.Builder object =
        RegoObject.builder()
            .put("contract", RegoString.of(input.contract()))
            .put("application", RegoString.of(input.application()))
            .put("window", window(input.window()))
            .put("reports", RegoNumber.of(input.reports()));
    if (stages) {
      object.put("stages", stages(input.stages()));
    }
    if (metrics) {
      object.put("metrics", metrics(input.metrics()));
    }
    if (report) {
      object.put("report", report(input.report()));
    }
    return object.build();
  }

  private static RegoValue window(Window window) {
    return RegoObject.builder()
        .put("start", time(window.start()))
        .put("end", time(window.end()))
        .put("seconds", number((window.end() - window.start()) / MILLIS))
        .build();
  }

  private static RegoValue time(long millis) {
    return RegoString.of(Instant.ofEpochMilli(millis).toString());
  }

  private static RegoValue stages(Map<String, StageSummary> stages) {
    RegoObject.Builder object = RegoObject.builder();
    stages.forEach(
        (name, stage) ->
            object.put(
                name,
                RegoObject.builder()
                    .put("instances", instances(stage))
                    .put("metrics", metrics(stage.metrics()))
                    .build()));
    return object.build();
  }

  private static RegoValue instances(StageSummary stage) {
    return RegoArray.copyOf(stage.instances().stream().map(RegoString::of).toList());
  }

  private static RegoValue metrics(Map<String, MetricSummary> metrics) {
    RegoObject.Builder object = RegoObject.builder();
    metrics.forEach((name, summary) -> object.put(name, summary(summary)));
    return object.build();
  }

  private static RegoValue summary(MetricSummary summary) {
    return RegoObject.builder()
        .put("unit", summary.unit() == null ? RegoNull.NULL : RegoString.of(summary.unit()))
        .put("count", RegoNumber.of(summary.count()))
        .put("sum", number(summary.sum()))
        .put("min", number(summary.min()))
        .put("max", number(summary.max()))
        .put("mean", number(summary.mean()))
        .put("p50", number(summary.p50()))
        .put("p95", number(summary.p95()))
        .put("p99", number(summary.p99()))
        .put("last", number(summary.last()))
        .put("product", number(summary.product()))
        .put("and", flag(summary.and()))
        .put("or", flag(summary.or()))
        .build();
  }

  private static RegoValue number(Double value) {
    return value == null || !Double.isFinite(value) ? RegoNull.NULL : RegoNumber.of(value);
  }

  private static RegoValue flag(Boolean value) {
    return value == null ? RegoNull.NULL : RegoBoolean.of(value);
  }

  private static RegoValue report(Report report) {
    return report == null
        ? RegoNull.NULL
        : JsonReader.known(new String(report.raw().value(), StandardCharsets.UTF_8));
  }
}
