package qoa.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.model.EvaluationInput;
import qoa.core.model.MetricSummary;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;

class InputJsonTest {

  private static final long START = 1_795_428_000_000L; // 2026-11-23T10:00:00Z

  private static final MetricSummary LATENCY =
      new MetricSummary(
          "s", 1234, 61.7, 0.01, 0.9, 0.05, 0.04, 0.2, 0.5, 10.0, null, null, null, null);
  private static final MetricSummary FLAG =
      new MetricSummary(
          null, 2, null, null, null, null, null, null, null, null, null, false, true, null);

  private static final String LATENCY_JSON =
      "{\"unit\":\"s\",\"count\":1234,\"sum\":61.7,\"min\":0.01,\"max\":0.9,\"mean\":0.05,"
          + "\"p50\":0.04,\"p95\":0.2,\"p99\":0.5,\"last\":10,\"product\":null,"
          + "\"and\":null,\"or\":null}";
  private static final String FLAG_JSON =
      "{\"unit\":null,\"count\":2,\"sum\":null,\"min\":null,\"max\":null,\"mean\":null,"
          + "\"p50\":null,\"p95\":null,\"p99\":null,\"last\":null,\"product\":null,"
          + "\"and\":false,\"or\":true}";

  @Test
  void writesWindow_asDesignShows() throws IOException {
    assertThat(written(InputJson.complete(), input(new Window(START, START + 10_000), null)))
        .isEqualTo(
            "{\"contract\":\"object-detection\",\"application\":\"detection\",\"window\":"
                + "{\"start\":\"2026-11-23T10:00:00Z\",\"end\":\"2026-11-23T10:00:10Z\","
                + "\"seconds\":10},\"reports\":1234,\"stages\":{\"gateway\":{\"instances\":"
                + "[\"a\",\"b\"],\"metrics\":{\"response_time\":"
                + LATENCY_JSON
                + "}}},\"metrics\":{\"ok\":"
                + FLAG_JSON
                + "},\"report\":null}");
  }

  @Test
  void writesMilliseconds_onlyWhereThereAreSome() throws IOException {
    assertThat(written(InputJson.complete(), input(new Window(START + 20, START + 1270), null)))
        .contains(
            "{\"start\":\"2026-11-23T10:00:00.020Z\",\"end\":\"2026-11-23T10:00:01.270Z\","
                + "\"seconds\":1.25}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\": \"ä\\u0041\"}",
        "\uFEFF{\"x\": \"ä\\u0041\"}",
        " \n{\"x\": \"ä\\u0041\"}\r\n\t"
      })
  void splicesReport_unchanged(String report) throws IOException {
    assertThat(written(InputJson.complete(), input(Window.moment(START), report)))
        .endsWith(",\"report\":{\"x\": \"ä\\u0041\"}}");
  }

  @Test
  void splicesReport_largerThanTheGeneratorsBuffer() throws IOException {
    String report = "{\"x\":\"" + "ä".repeat(100_000) + "\"}";
    assertThat(written(InputJson.complete(), input(Window.moment(START), report)))
        .endsWith(",\"report\":" + report + "}");
  }

  @Test
  void leavesOut_whatThePolicyCannotSee() throws IOException {
    assertThat(written(InputJson.of(Set.of("report")), input(Window.moment(START), "{}")))
        .isEqualTo(
            "{\"contract\":\"object-detection\",\"application\":\"detection\",\"window\":"
                + "{\"start\":\"2026-11-23T10:00:00Z\",\"end\":\"2026-11-23T10:00:00Z\","
                + "\"seconds\":0},\"reports\":1234,\"report\":{}}");
  }

  @Test
  void writesNull_forNumbersThatJsonCannotHold() throws IOException {
    MetricSummary summary =
        new MetricSummary(
            null,
            1,
            Double.NaN,
            -0.0,
            1e300,
            Double.NEGATIVE_INFINITY,
            9007199254740992.0,
            -3.0,
            1e15,
            0.1 + 0.2,
            null,
            null,
            null,
            null);
    EvaluationInput input =
        EvaluationInput.ofWindow(
            "c",
            "a",
            Window.moment(START),
            new WindowSummary(1, Map.of(), Map.of("m", summary), null, null, null));
    assertThat(written(InputJson.of(Set.of("metrics")), input))
        .contains(
            "\"sum\":null,\"min\":0,\"max\":1"
                + "0".repeat(300)
                + ",\"mean\":null,\"p50\":9007199254740992,"
                + "\"p95\":-3,\"p99\":1000000000000000,\"last\":0.30000000000000004");
  }

  private static EvaluationInput input(Window window, String report) {
    return new EvaluationInput(
        "object-detection",
        "detection",
        window,
        new WindowSummary(
            1234,
            Map.of(
                "gateway",
                new StageSummary(
                    new TreeSet<>(Set.of("b", "a")), Map.of("response_time", LATENCY))),
            Map.of("ok", FLAG),
            null,
            null,
            null),
        report == null ? null : report(report),
        false);
  }

  private static Report report(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RawReport raw = new RawReport(new Partition("t", 0), 0, 0, null, bytes, List.of());
    return new Report(raw, ReportKind.ML, "detection", "", 0, List.of());
  }

  private static String written(InputJson writer, EvaluationInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      writer.write(json, input);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
