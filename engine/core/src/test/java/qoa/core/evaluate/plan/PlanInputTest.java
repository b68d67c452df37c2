package qoa.core.evaluate.plan;

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
import qoa.core.evaluate.InputJson;
import qoa.core.model.EvaluationInput;
import qoa.core.model.LeftOut;
import qoa.core.model.MetricSummary;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.rego.budget.Budget;
import qoa.rego.value.JsonReader;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

class PlanInputTest {

  private static final MetricSummary LATENCY =
      new MetricSummary(
          "s", 1234, 61.7, 0.01, 0.9, 0.05, 0.04, 0.2, 0.5, 10.0, null, null, null, null);
  private static final MetricSummary FLAG =
      new MetricSummary(
          null, 2, null, null, null, null, null, null, null, null, null, false, true, null);
  private static final EvaluationInput INPUT =
      new EvaluationInput(
          "detection",
          "app",
          new Window(1_795_428_000_123L, 1_795_428_010_123L),
          new WindowSummary(
              1234,
              Map.of(
                  "gateway",
                  new StageSummary(new TreeSet<>(Set.of("b", "a")), Map.of("t", LATENCY))),
              Map.of("t", LATENCY, "ok", FLAG),
              null,
              null,
              null),
          new Report(
              new RawReport(
                  new Partition("t", 0),
                  0,
                  0,
                  null,
                  "{\"a\": [1.50, {}]}".getBytes(StandardCharsets.UTF_8),
                  List.of()),
              ReportKind.ML,
              "app",
              "",
              0,
              List.of()),
          false);

  @Test
  void of_isWhatInputJsonWrites() throws IOException {
    RegoValue expected = written(InputJson.complete());

    RegoValue input = new PlanInput(null).of(INPUT, Budget.UNLIMITED);

    assertThat(input).hasToString(expected.toString()).isEqualTo(expected);
    assertThat(expected).isEqualTo(input).hasSameHashCodeAs(input);
    assertThat(input).isEqualByComparingTo(expected);
  }

  @Test
  void of_leavesOutWhatThePolicyCannotLookAt() throws IOException {
    assertThat(new PlanInput(Set.of("stages")).of(INPUT, Budget.UNLIMITED))
        .isEqualTo(written(InputJson.of(Set.of("stages"))));
  }

  @Test
  void get_findsEachValue_withoutTheOthers() throws IOException {
    assertFinds(new PlanInput(null).of(INPUT, Budget.UNLIMITED), written(InputJson.complete()));
  }

  @Test
  void of_tellsWhatWasLeftOut() throws IOException {
    EvaluationInput input =
        EvaluationInput.ofWindow(
            "detection",
            "app",
            INPUT.window(),
            new WindowSummary(
                7,
                INPUT.summary().stages(),
                INPUT.summary().metrics(),
                null,
                null,
                new LeftOut(17, List.of("1,000 stages", "10,000 metrics"))));
    RegoValue expected = written(InputJson.of(Set.of("metrics")), input);

    assertThat(new PlanInput(Set.of("metrics")).of(input, Budget.UNLIMITED)).isEqualTo(expected);
    assertThat(expected.get(RegoString.of("left_out")))
        .hasToString("{\"bounds\": [\"1,000 stages\", \"10,000 metrics\"], \"observations\": 17}");
  }

  /** Asks for every key, and for keys that are not there. */
  private static void assertFinds(RegoValue view, RegoValue expected) {
    if (expected instanceof RegoObject object) {
      for (RegoObject.Entry entry : object) {
        assertFinds(view.get(entry.key()), entry.value());
        assertThat(view.get(entry.value())).as("no key %s", entry.value()).isNull();
      }
      assertThat(view.get(RegoString.of("nothing"))).isNull();
      assertThat(view.length()).isEqualTo(object.size());
    } else {
      assertThat(view).isEqualTo(expected);
    }
  }

  private static RegoValue written(InputJson json) throws IOException {
    return written(json, INPUT);
  }

  private static RegoValue written(InputJson json, EvaluationInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = new JsonFactory().createGenerator(bytes)) {
      json.write(generator, input);
    }
    return JsonReader.read(bytes.toString(StandardCharsets.UTF_8), Budget.UNLIMITED);
  }
}
