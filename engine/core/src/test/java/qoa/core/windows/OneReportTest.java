package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.WindowSummary;

class OneReportTest {

  private static final double[] VALUES = {0, -0.0, 1, -2.5, 1e308, -1e308, 4.9e-324, 0.1};

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void saysWhatAPaneSays_ofAnyReport() {
    System.out.println("OneReportTest: -Dseed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<Observation> observations = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        observations.add(observation(random));
      }
      assertSame(observations);
    }
  }

  @Test
  void saysWhatAPaneSays_ofMoreInstancesThanAreListed() {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i <= Room.Bound.INSTANCES_OF_A_STAGE.most; i++) {
      observations.add(new Observation("web", "i" + i, "m" + i, null, i, false));
    }
    assertSame(observations);
  }

  @Test
  void saysWhatAPaneSays_ofMoreMetricsThanAreCompared() {
    for (int size = OneReport.MOST_METRICS - 1; size <= OneReport.MOST_METRICS + 1; size++) {
      List<Observation> observations = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        observations.add(new Observation("web", "i", "m" + i, null, i, false));
      }
      assertSame(observations);
    }
  }

  private static Observation observation(Random random) {
    boolean flag = random.nextInt(4) == 0;
    return new Observation(
        random.nextInt(6) == 0 ? "db" : "web",
        random.nextInt(4) == 0 ? null : "i" + random.nextInt(2),
        "m" + random.nextInt(9),
        random.nextBoolean() ? null : "s",
        flag ? random.nextInt(2) : VALUES[random.nextInt(VALUES.length)],
        flag);
  }

  private static void assertSame(List<Observation> observations) {
    RawReport raw =
        new RawReport(new Partition("reports", 1), 7, 1_000, null, new byte[0], List.of());
    Report report = new Report(raw, ReportKind.ML, "shop", "", 2_000, observations);
    Pane pane = new Pane();
    pane.add(report, raw.position());
    WindowSummary expected = pane.close();
    WindowSummary summary = OneReport.summary(report);
    assertThat(summary).isEqualTo(expected);
    assertThat(summary.metrics().keySet()).containsExactlyElementsOf(expected.metrics().keySet());
    expected
        .metrics()
        .forEach((name, metric) -> assertThat(summary.metrics().get(name)).isEqualTo(metric));
    assertThat(summary.metrics().get("absent")).isNull();
  }
}
