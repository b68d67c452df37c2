package qoa.engine.evaluate.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import qoa.engine.evaluate.plan.value.JsonReader;
import qoa.engine.evaluate.plan.value.MapView;
import qoa.engine.evaluate.plan.value.RecordView;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.LeftOut;
import qoa.engine.model.MetricSummary;
import qoa.engine.model.Report;
import qoa.engine.model.StageSummary;
import qoa.engine.model.Window;

/**
 * The {@code input} that a policy sees (DESIGN section 6): views of what was observed, so that only
 * what a policy looks at is made. The same as {@link qoa.engine.evaluate.InputJson} writes.
 * Immutable, for any number of threads; each input is for one.
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
          .with("instances", PlanInput::instances)
          .with("metrics", stage -> metrics(stage.metrics()));

  private static final RecordView.Fields<LeftOut> LEFT_OUT =
      new RecordView.Fields<LeftOut>()
          .with("observations", leftOut -> RegoNumber.of(leftOut.observations()))
          .with("bounds", leftOut -> texts(leftOut.bounds()));

  private final RecordView.Fields<EvaluationInput> fields;

  /** The same where the window has left something out. */
  private final RecordView.Fields<EvaluationInput> incomplete;

  /**
   * @param visible the keys of the input that the policy can look at; {@code stages}, {@code
   *     metrics} and {@code report} are left out where they are not among them; null for all
   */
  PlanInput(Set<String> visible) {
    fields = fields(visible);
    incomplete = fields(visible).with("left_out", input -> LEFT_OUT.of(input.leftOut()));
  }

  private static RecordView.Fields<EvaluationInput> fields(Set<String> visible) {
    RecordView.Fields<EvaluationInput> fields =
        new RecordView.Fields<EvaluationInput>()
            .with("contract", input -> RegoString.of(input.contract()))
            .with("application", input -> RegoString.of(input.application()))
            .with("window", input -> WINDOW.of(input.window()))
            .with("reports", input -> RegoNumber.of(input.reports()));
    if (visible == null || visible.contains("stages")) {
      fields.with("stages", input -> new MapView<>(input.stages(), STAGE::of));
    }
    if (visible == null || visible.contains("metrics")) {
      fields.with("metrics", input -> metrics(input.metrics()));
    }
    if (visible == null || visible.contains("report")) {
      fields.with("report", input -> report(input.report()));
    }
    return fields;
  }

  /** The input of one evaluation. */
  RegoValue of(EvaluationInput input) {
    return (input.leftOut() == null ? fields : incomplete).of(input);
  }

  private static RegoObject metrics(Map<String, MetricSummary> metrics) {
    return new MapView<>(metrics, SUMMARY::of);
  }

  private static RegoValue time(long millis) {
    return RegoString.of(Instant.ofEpochMilli(millis).toString());
  }

  private static RegoValue instances(StageSummary stage) {
    return texts(stage.instances());
  }

  private static RegoValue texts(Collection<String> texts) {
    return RegoArray.copyOf(texts.stream().map(RegoString::of).toList());
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

  private static RegoValue report(Report report) {
    return report == null ? RegoNull.NULL : JsonReader.known(textOf(report.raw().value()));
  }

  /** Without the byte order mark, which is no part of the JSON. */
  private static String textOf(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
