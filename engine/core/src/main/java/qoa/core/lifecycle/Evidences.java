package qoa.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import qoa.core.model.MetricSummary;
import qoa.core.model.Position;
import qoa.core.model.Promise;
import qoa.core.model.StageSummary;
import qoa.core.model.Verdict;
import qoa.core.model.WindowSummary;

/** Finds the reports that show a verdict. */
final class Evidences {

  private Evidences() {}

  /** The first and the last report of a window; null where it has none. */
  static Event.Evidence of(WindowSummary window) {
    return of(window.first(), window.last(), null);
  }

  /**
   * The reports that hold the verdict's metric, and for a violation the one farthest from the
   * promise; those of the whole window where the metric is not known.
   */
  static Event.Evidence of(WindowSummary window, Verdict verdict) {
    MetricSummary metric = metric(window, verdict.promise());
    if (metric == null || metric.evidence() == null) {
      return of(window);
    }
    Position worst =
        verdict.kind() == Verdict.Kind.VIOLATED
            ? worst(metric, verdict.promise().expected())
            : null;
    return of(metric.evidence().first(), metric.evidence().last(), worst);
  }

  private static Event.Evidence of(Position first, Position last, Position worst) {
    return first == null && last == null && worst == null
        ? null
        : new Event.Evidence(first, last, worst);
  }

  private static MetricSummary metric(WindowSummary window, Promise promise) {
    if (promise.metric() == null) {
      return null;
    }
    if (promise.stage() == null) {
      return window.metrics().get(promise.metric());
    }
    StageSummary stage = window.stages().get(promise.stage());
    return stage == null ? null : stage.metrics().get(promise.metric());
  }

  /** By the operator of the condition: null where it is none of QoA4ML's. */
  private static Position worst(MetricSummary metric, JsonNode condition) {
    if (condition == null) {
      return null;
    }
    MetricSummary.Evidence evidence = metric.evidence();
    JsonNode value = condition.path("value");
    return switch (condition.path("operator").asText("")) {
      case "less_equal", "less_than" -> evidence.highest();
      case "greater_equal", "greater_than" -> evidence.lowest();
      case "range" -> farther(metric, value.path("min"), value.path("max"));
      case "equal" -> value.isBoolean() ? other(evidence, value) : farther(metric, value, value);
      default -> null;
    };
  }

  /** The extreme that lies farther below {@code low} or above {@code high}. */
  private static Position farther(MetricSummary metric, JsonNode low, JsonNode high) {
    if (!low.isNumber() || !high.isNumber() || metric.min() == null || metric.max() == null) {
      return null;
    }
    double below = low.asDouble() - metric.min();
    double above = metric.max() - high.asDouble();
    return above >= below ? metric.evidence().highest() : metric.evidence().lowest();
  }

  private static Position other(MetricSummary.Evidence evidence, JsonNode expected) {
    return expected.booleanValue() ? evidence.lowest() : evidence.highest();
  }
}
