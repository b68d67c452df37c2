package qoa.core.evaluate;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import qoa.core.model.EvaluationInput;
import qoa.core.model.LeftOut;
import qoa.core.model.MetricSummary;
import qoa.core.model.Report;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.rego.value.RegoNumber;

/**
 * Writes the {@code input} that a policy sees, straight to bytes; {@code policies/README.md}
 * describes it. Immutable, for any number of threads.
 */
public final class InputJson {

  /** Largest magnitude below which every integral double is written without a fraction. */
  private static final double EXACT = 1L << 53;

  private static final double MILLIS = 1000.0;

  private final boolean stages;
  private final boolean metrics;
  private final boolean report;

  private InputJson(boolean stages, boolean metrics, boolean report) {
    this.stages = stages;
    this.metrics = metrics;
    this.report = report;
  }

  /** Writes all keys. */
  public static InputJson complete() {
    return new InputJson(true, true, true);
  }

  /**
   * Leaves out expensive keys that the policy does not look at.
   *
   * @param visible the keys of the input that the policy can look at; of {@code stages}, {@code
   *     metrics} and {@code report} only those are written, the small keys always
   */
  public static InputJson of(Set<String> visible) {
    return new InputJson(
        visible.contains("stages"), visible.contains("metrics"), visible.contains("report"));
  }

  /**
   * Writes one object.
   *
   * @param json takes UTF-8; a report's bytes go through it unchanged
   */
  public void write(JsonGenerator json, EvaluationInput input) throws IOException {
    json.writeStartObject();
    json.writeStringField("contract", input.contract());
    json.writeStringField("application", input.application());
    json.writeFieldName("window");
    write(json, input.window());
    WindowSummary summary = input.summary();
    json.writeNumberField("reports", summary.reports());
    if (summary.leftOut() != null) {
      write(json, summary.leftOut());
    }
    if (stages) {
      json.writeFieldName("stages");
      writeStages(json, summary.stages());
    }
    if (metrics) {
      json.writeFieldName("metrics");
      writeMetrics(json, summary.metrics());
    }
    if (report) {
      json.writeFieldName("report");
      write(json, input.report());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Window window) throws IOException {
    json.writeStartObject();
    json.writeStringField("start", Instant.ofEpochMilli(window.start()).toString());
    json.writeStringField("end", Instant.ofEpochMilli(window.end()).toString());
    json.writeFieldName("seconds");
    writeNumber(json, (window.end() - window.start()) / MILLIS);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LeftOut leftOut) throws IOException {
    json.writeObjectFieldStart("left_out");
    json.writeNumberField("observations", leftOut.observations());
    json.writeArrayFieldStart("bounds");
    for (String bound : leftOut.bounds()) {
      json.writeString(bound);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeStages(JsonGenerator json, Map<String, StageSummary> stages)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, StageSummary> stage : stages.entrySet()) {
      json.writeObjectFieldStart(stage.getKey());
      json.writeArrayFieldStart("instances");
      for (String instance : stage.getValue().instances()) {
        json.writeString(instance);
      }
      json.writeEndArray();
      json.writeFieldName("metrics");
      writeMetrics(json, stage.getValue().metrics());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeMetrics(JsonGenerator json, Map<String, MetricSummary> metrics)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, MetricSummary> metric : metrics.entrySet()) {
      json.writeFieldName(metric.getKey());
      write(json, metric.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, MetricSummary summary) throws IOException {
    json.writeStartObject();
    json.writeStringField("unit", summary.unit());
    json.writeNumberField("count", summary.count());
    writeField(json, "sum", summary.sum());
    writeField(json, "min", summary.min());
    writeField(json, "max", summary.max());
    writeField(json, "mean", summary.mean());
    writeField(json, "p50", summary.p50());
    writeField(json, "p95", summary.p95());
    writeField(json, "p99", summary.p99());
    writeField(json, "last", summary.last());
    writeField(json, "product", summary.product());
    writeField(json, "and", summary.and());
    writeField(json, "or", summary.or());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Report report) throws IOException {
    if (report == null) {
      json.writeNull();
    } else {
      json.writeRawValue(RawJson.of(report.raw().value()));
    }
  }

  private static void writeField(JsonGenerator json, String name, Double value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      writeNumber(json, value);
    }
  }

  private static void writeField(JsonGenerator json, String name, Boolean value)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeBoolean(value);
    }
  }

  /**
   * JSON has no infinite numbers; they become null, for unknown. OPA keeps a number's text and
   * shows it, so it gets the text that the plan has for it, and messages agree.
   */
  private static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (!Double.isFinite(value)) {
      json.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(RegoNumber.of(value).text());
    }
  }
}
