package qoa.core.evaluate.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import qoa.core.model.EvaluationInput;
import qoa.core.model.LeftOut;
import qoa.core.model.MetricSummary;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.rego.budget.Budget;
import qoa.rego.value.JsonReader;
import qoa.rego.value.MapView;
import qoa.rego.value.RecordView;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/**
 * The {@code input} that a policy sees, as {@code policies/README.md} describes it: views of what
 * was observed, so that only what a policy looks at is made. The same as {@link
 * qoa.core.evaluate.InputJson} writes. Immutable, for any number of threads; each input is for one.
 */
final class PlanInput {

  private static final double MILLIS = 1000.0;

  private static final RecordView.Fields<Window> WINDOW =
      new RecordView.Fields<Window>()
          .with("start", window -> time(window.start()))
          .with("end", window -> time(window.end()))
          .with("seconds", window -> number((window.end() - window.start()) / MILLIS));

  private static final RecordView.Fields<MetricSummary> SUMMARY =
      new RecordView.Fields<MetricSummary>()
          .with("unit", summary -> text(summary.unit()))
          .with("count", summary -> RegoNumber.of(summary.count()))
          .with("sum", summary -> number(summary.sum()))
          .with("min", summary -> number(summary.min()))
          .with("max", summary -> number(summary.max()))
          .with("mean", summary -> number(summary.mean()))
          .with("p50", summary -> number(summary.p50()))
          .with("p95", summary -> number(summary.p95()))
          .with("p99", summary -> number(summary.p99()))
          .with("last", summary -> number(summary.last()))
          .with("product", summary -> number(summary.product()))
          .with("and", summary -> flag(summary.and()))
          .with("or", summary -> flag(summary.or()));

  private static final RecordView.Fields<StageSummary> STAGE =
      new RecordView.Fields<StageSummary>()
          .with("instances", (stage, budget) -> instances(stage, budget))
          .with("metrics", (stage, budget) -> metrics(stage.metrics(), budget));

  private static final RecordView.Fields<LeftOut> LEFT_OUT =
      new RecordView.Fields<LeftOut>()
          .with("observations", leftOut -> RegoNumber.of(leftOut.observations()))
          .with("bounds", (leftOut, budget) -> texts(leftOut.bounds(), budget));

  private final RecordView.Fields<Looked> fields;

  /** The same where the window has left something out. */
  private final RecordView.Fields<Looked> incomplete;

  /** What one evaluation looks at. */
  private static final class Looked {
    private final EvaluationInput input;

    /** The report's document, once it was read; read once, for a policy may look at it often. */
    private RegoValue report;

    Looked(EvaluationInput input) {
      this.input = input;
    }

    RegoValue report(Budget budget) {
      if (report == null) {
        report =
            input.report() == null
                ? RegoNull.NULL
                : JsonReader.known(textOf(input.report().raw().value()), budget);
      }
      return report;
    }
  }

  /**
   * @param visible the keys of the input that the policy can look at; {@code stages}, {@code
   *     metrics} and {@code report} are left out where they are not among them; null for all
   */
  PlanInput(Set<String> visible) {
    fields = fields(visible);
    incomplete =
        fields(visible)
            .with(
                "left_out",
                (looked, budget) -> LEFT_OUT.of(looked.input.summary().leftOut(), budget));
  }

  private static RecordView.Fields<Looked> fields(Set<String> visible) {
    RecordView.Fields<Looked> fields =
        new RecordView.Fields<Looked>()
            .with("contract", looked -> RegoString.of(looked.input.contract()))
            .with("application", looked -> RegoString.of(looked.input.application()))
            .with("window", (looked, budget) -> WINDOW.of(looked.input.window(), budget))
            .with("reports", looked -> RegoNumber.of(looked.input.summary().reports()));
    if (visible == null || visible.contains("stages")) {
      fields.with("stages", (looked, budget) -> stages(looked.input.summary().stages(), budget));
    }
    if (visible == null || visible.contains("metrics")) {
      fields.with("metrics", (looked, budget) -> metrics(looked.input.summary().metrics(), budget));
    }
    if (visible == null || visible.contains("report")) {
      fields.with("report", (looked, budget) -> looked.report(budget));
    }
    return fields;
  }

  /**
   * The input of one evaluation.
   *
   * @param budget pays for what is made of it
   */
  RegoValue of(EvaluationInput input, Budget budget) {
    return (input.summary().leftOut() == null ? fields : incomplete).of(new Looked(input), budget);
  }

  private static RegoObject stages(Map<String, StageSummary> stages, Budget budget) {
    return new MapView<>(stages, STAGE::of, budget);
  }

  private static RegoObject metrics(Map<String, MetricSummary> metrics, Budget budget) {
    return new MapView<>(metrics, SUMMARY::of, budget);
  }

  private static RegoValue time(long millis) {
    return RegoString.of(Instant.ofEpochMilli(millis).toString());
  }

  private static RegoValue instances(StageSummary stage, Budget budget) {
    return texts(stage.instances(), budget);
  }

  private static RegoValue texts(Collection<String> texts, Budget budget) {
    budget.elements(texts.size());
    return RegoArray.copyOf(texts.stream().map(RegoString::of).toList());
  }

  /** Without the byte order mark, which is no part of the JSON. */
  private static String textOf(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static RegoValue text(String text) {
    return text == null ? RegoNull.NULL : RegoString.of(text);
  }

  private static RegoValue number(Double value) {
    return value == null || !Double.isFinite(value) ? RegoNull.NULL : RegoNumber.of(value);
  }

  private static RegoValue flag(Boolean value) {
    return value == null ? RegoNull.NULL : RegoBoolean.of(value);
  }
}
