package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.model.LeftOut;
import qoa.core.model.MetricSummary;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.WindowSummary;

class RoomTest {

  private static final int MEBI = 1 << 20;
  private static final String QUALITY =
      """
      {"quality": {"service": [
        {"stage": "web", "constraint_list": [{"metrics": {"metric_name": "latency"}}]},
        {"constraint_list": [{"metrics": {"metric_name": "errors"}}]}]}}
      """;

  private final NamedMetrics promised = NamedMetrics.of(List.of(contract(QUALITY)));
  private final Pane pane = new Pane(promised);
  private long offset;

  @Test
  void leavesNothingOut_ofWhatServicesReport() {
    for (int i = 0; i < 100_000; i++) {
      add("stage" + i % 50, "instance" + i % 900, "metric" + i % 10, "s", i);
    }
    WindowSummary summary = pane.close();
    assertThat(summary.leftOut()).isNull();
    assertThat(summary.stages()).hasSize(50);
    assertThat(summary.metrics()).hasSize(10);
  }

  @Test
  void leavesOutStages_andSaysSo() {
    for (int i = 0; i < 1_001; i++) {
      add("stage" + i, null, "m", null, 1);
    }
    WindowSummary summary = pane.close();
    assertThat(summary.stages()).hasSize(1_000);
    assertThat(summary.leftOut()).isEqualTo(new LeftOut(1, List.of("1,000 stages")));
  }

  @Test
  void leavesOutMetrics_andSaysSo() {
    for (int i = 0; i < 10_003; i++) {
      add("web", null, "m" + i, null, 1);
    }
    WindowSummary summary = pane.close();
    assertThat(summary.stages().get("web").metrics()).hasSize(10_000);
    assertThat(summary.leftOut()).isEqualTo(new LeftOut(3, List.of("10,000 metrics")));
  }

  @Test
  void listsInstancesUpToABound_andSaysSo() {
    for (int i = 0; i < 12_000; i++) {
      add("stage" + i / 1_001, "i" + i, "m", null, 1);
    }
    WindowSummary summary = pane.close();
    assertThat(summary.stages().values().stream().mapToInt(s -> s.instances().size()).sum())
        .isEqualTo(10_000);
    assertThat(summary.leftOut())
        .isEqualTo(new LeftOut(0, List.of("1,000 instances of one stage", "10,000 instances")));
  }

  @Test
  void hasNoPercentiles_whereManyMetricsHaveManyNumbers() {
    for (int i = 0; i < 33 * 1_001; i++) {
      add("web", null, "m" + i % 1_001, null, i);
    }
    WindowSummary summary = pane.close();
    Map<String, MetricSummary> metrics = summary.stages().get("web").metrics();
    assertThat(metrics.get("m1000"))
        .returns(null, MetricSummary::p50)
        .returns(null, MetricSummary::p99)
        .returns(33L, MetricSummary::count)
        .returns(1_000.0, MetricSummary::min);
    assertThat(metrics.get("m999").p99()).isNotNull();
    assertThat(summary.metrics().get("m1000").p50()).isNull();
    assertThat(summary.leftOut())
        .isEqualTo(new LeftOut(0, List.of("1,000 metrics of more than 32 numbers")));
  }

  @Test
  void hasNoPercentilesOfTheWhole_whereAStageHasNone() {
    for (int i = 0; i < 33 * 1_000; i++) {
      add("web", null, "m" + i % 1_000, null, i);
    }
    for (int i = 0; i < 66; i++) {
      add("s" + i % 2, null, "m0", null, i);
    }
    MetricSummary whole = pane.close().metrics().get("m0");
    assertThat(whole).returns(99L, MetricSummary::count).returns(null, MetricSummary::p95);
  }

  /** A unit that is not promised is a contradiction, never met. */
  @Test
  void keepsAUnitThatContradicts_whereThereIsNoRoomForIt() {
    for (int i = 0; i < 4_100; i++) {
      add("web", null, "m" + i, ("u" + i + "-").repeat(120), 1);
    }
    add("web", null, "last", "s", 1);
    WindowSummary summary = pane.close();
    assertThat(summary.metrics().get("m0").unit()).startsWith("u0-");
    assertThat(summary.stages().get("web").metrics().values())
        .allMatch(metric -> metric.unit() != null);
    assertThat(summary.leftOut().bounds()).containsExactly("2,000,000 characters in names");
  }

  /**
   * Reported alone, and after whatever anybody made up, promises are judged by the same numbers.
   */
  @Test
  void keepsWhatContractsName_whoeverFloodsTheWindow() {
    Pane alone = new Pane(promised);
    for (Pane each : List.of(alone, pane)) {
      if (each == pane) {
        flood();
      }
      Random random = new Random(1);
      for (int i = 0; i < 500; i++) {
        each.add(report("web", "w1", "latency", "s", random.nextDouble()), report().position());
        each.add(report("s" + i % 7, "w1", "errors", null, i % 3), report().position());
      }
    }
    WindowSummary expected = alone.close();
    WindowSummary summary = pane.close();
    assertThat(summary.leftOut()).isNotNull();
    assertThat(values(summary.stages().get("web").metrics().get("latency")))
        .isEqualTo(values(expected.stages().get("web").metrics().get("latency")));
    assertThat(values(summary.metrics().get("errors")))
        .isEqualTo(values(expected.metrics().get("errors")));
  }

  private void flood() {
    for (int i = 0; i < 1_200; i++) {
      add("made-up-" + i, null, "m" + i, null, i);
    }
    for (int i = 0; i < 40_000; i++) {
      add("made-up-1", "i" + i, "made-up-" + i % 11_000, "unit" + i, Math.exp(i % 500));
    }
  }

  /** Were a part of it shown, a policy would judge that part. */
  @Test
  void showsNothingOfAMetricOfTheWhole_ofWhichAPartIsLeftOut() {
    add("web", null, "partly", null, 1);
    add("web", null, "wholly", null, 1);
    for (int i = 0; i < 1_000; i++) {
      add("made-up-" + i, null, "m", null, 1);
    }
    add("attic", null, "partly", null, 1_000);
    WindowSummary summary = pane.close();
    assertThat(summary.metrics()).containsKey("wholly").doesNotContainKey("partly");
    assertThat(summary.stages().get("web").metrics()).containsKey("partly");
    assertThat(summary.leftOut().observations()).isEqualTo(1);
  }

  @Test
  void takesNoMoreThan50MiB_whateverIsReported() {
    long before = used();
    String name = "n".repeat(150);
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 11_000; i++) {
        double value = Math.pow(10, (i * 31 + round * 17) % 300 - 150);
        add("stage" + i % 1_100, name + i % 20_000, name + i, "unit" + round, value);
        if (i < 3_000) {
          add("stage" + i % 3, "i", "wide" + i, null, -value);
        }
      }
    }
    long after = used();
    assertThat(pane.close().leftOut()).isNotNull();
    assertThat(after - before).isLessThan(50 * MEBI);
  }

  /**
   * As many names that stages share as there can be: each stage is looked at once, not for each.
   */
  @Test
  void closesInTimeThatIsLinearInWhatItHolds() {
    for (int i = 0; i < 4_500; i++) {
      add("a", null, "m" + i, null, 1);
      add("b", null, "m" + i, null, 1);
    }
    for (int i = 0; i < 990; i++) {
      add("s" + i, null, "m", null, 1);
    }
    long start = System.nanoTime();
    WindowSummary summary = pane.close();
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(3);
    assertThat(summary.metrics()).hasSize(4_501);
    assertThat(summary.metrics().get("m7").count()).isEqualTo(2);
  }

  @Test
  void promised_isWhatAContractsDocumentNames() throws IOException {
    NamedMetrics some =
        NamedMetrics.of(
            List.of(
                contract(QUALITY),
                contract(
                    "{\"x\": [{\"stage\": \"db\", \"per\": {\"metric_name\": \"a\"},"
                        + " \"minus\": {\"stage\": \"web\", \"metric_name\": \"b\"}}]}")));
    assertThat(some.has("web", "latency")).isTrue();
    assertThat(some.has("db", "a")).isTrue();
    assertThat(some.has("web", "b")).isTrue();
    assertThat(some.has("db", "b")).isFalse();
    assertThat(some.hasAnywhere("errors")).isTrue();
    assertThat(some.hasAnywhere("latency")).isFalse();
    assertThat(some.hasStage("attic")).isFalse();
  }

  private static List<Object> values(MetricSummary metric) {
    List<Object> values = new ArrayList<>();
    values.add(metric.unit());
    values.add(metric.count());
    values.add(metric.sum());
    values.add(metric.max());
    values.add(metric.p50());
    values.add(metric.p99());
    return values;
  }

  private static Contract contract(String document) {
    try {
      return new Contract(
          "c",
          "1",
          "shop",
          "qoa.contract",
          new Schedule.Tumbling(10_000, 0),
          List.of(),
          new ObjectMapper().readTree(document),
          "c.yaml");
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void add(String stage, String instance, String metric, String unit, double value) {
    pane.add(report(stage, instance, metric, unit, value), report().position());
  }

  private RawReport report() {
    return new RawReport(new Partition("r", 0), offset++, 0, null, new byte[0], List.of());
  }

  private Report report(String stage, String instance, String metric, String unit, double value) {
    Observation observation = new Observation(stage, instance, metric, unit, value, false);
    return new Report(report(), ReportKind.ML, "shop", "", 1_000, List.of(observation));
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
