package qoa.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import qoa.core.engine.EvaluationOutcome;
import qoa.core.engine.ReportOutcome;
import qoa.core.model.DeadLetter;
import qoa.core.model.ReportKind;
import qoa.core.model.Verdict;

class PrometheusMetricsTest {

  private final PrometheusMetrics metrics = new PrometheusMetrics(PrometheusMetrics.DEFAULT_SERIES);

  /** The names and labels that dashboards rely on; {@code docs/operating.md} lists them. */
  @Test
  void text_hasEveryMetricByItsName() {
    tellEverything();

    assertThat(metrics.text().lines())
        .contains(
            "qoa_reports_total{kind=\"ml\",outcome=\"evaluated\",} 3.0",
            "qoa_dead_letters_total{reason=\"not_json\",} 1.0",
            "qoa_evaluations_total{contract=\"c\",outcome=\"defined\",} 1.0",
            "qoa_verdicts_total{contract=\"c\",stakeholder=\"s\",constraint=\"latency\","
                + "stage=\"gateway\",verdict=\"violated\",} 1.0",
            "qoa_violations_total{contract=\"c\",stakeholder=\"s\",role=\"ml_provider\","
                + "constraint=\"latency\",stage=\"gateway\",severity=\"major\",} 1.0",
            "qoa_open_violations{contract=\"c\",stakeholder=\"s\",constraint=\"latency\","
                + "stage=\"gateway\",severity=\"major\",} 2.0",
            "qoa_observed{contract=\"c\",application=\"app\",stage=\"gateway\",metric=\"response_time\","
                + "aggregate=\"AVERAGE\",} 0.25",
            "qoa_evaluation_seconds_count 1.0",
            "qoa_evaluation_seconds_sum 0.002",
            "qoa_report_to_event_seconds_bucket{le=\"0.25\",} 1.0",
            "qoa_report_to_event_seconds_bucket{le=\"0.1\",} 0.0",
            "qoa_consumer_lag{topic=\"reports\",partition=\"1\",} 42.0",
            "qoa_revision_info{revision=\"0011223344556677\",} 1.0");
  }

  private void tellEverything() {
    metrics.report(ReportKind.ML, ReportOutcome.EVALUATED, 3);
    metrics.deadLetter(DeadLetter.Reason.NOT_JSON, 1);
    metrics.evaluation("c", EvaluationOutcome.DEFINED, 1);
    metrics.verdict("c", "s", "latency", "gateway", Verdict.Kind.VIOLATED, 1);
    metrics.violation("c", "s", "ml_provider", "latency", "gateway", "major", 1);
    metrics.openViolations("c", "s", "latency", "gateway", "major", 2);
    metrics.observed("c", "app", "gateway", "response_time", "AVERAGE", 0.25);
    metrics.evaluationSeconds(0.002);
    metrics.reportToEventSeconds(0.2);
    metrics.consumerLag("reports", 1, 42);
    metrics.revision("0011223344556677");
  }

  /** The guide lists exactly the exposed metrics. */
  @Test
  void text_hasTheMetricsAndLabelsOfTheGuide() throws IOException {
    tellEverything();
    Map<String, Set<String>> exposed = new TreeMap<>();
    for (String line : metrics.text().lines().filter(l -> l.startsWith("qoa_")).toList()) {
      Set<String> labels = new TreeSet<>();
      Matcher label = Pattern.compile("(\\w+)=\"").matcher(line);
      while (label.find()) {
        labels.add(label.group(1));
      }
      labels.remove("le");
      String name = line.split("[{ ]", 2)[0].replaceFirst("(_seconds)_(bucket|sum|count)$", "$1");
      if (!name.endsWith("_created")) {
        exposed.put(name, labels);
      }
    }
    Map<String, Set<String>> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/operating.md"))) {
      if (line.startsWith("| `qoa_")) {
        String[] cells = line.replace("`", "").split("\\|", -1);
        Set<String> labels = new TreeSet<>(List.of(cells[2].strip().split(", ", -1)));
        labels.remove("");
        documented.put(cells[1].strip(), labels);
      }
    }
    assertThat(documented).isEqualTo(exposed);
  }

  @Test
  void outcomesAndReasons_areExposedAsZero_beforeTheyHappen() {
    String text = metrics.text();

    for (ReportKind kind : ReportKind.values()) {
      for (ReportOutcome outcome : ReportOutcome.values()) {
        assertThat(text)
            .contains(
                "qoa_reports_total{kind=\"%s\",outcome=\"%s\",} 0.0"
                    .formatted(kind.label(), outcome.label()));
      }
    }
    for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
      assertThat(text)
          .contains("qoa_dead_letters_total{reason=\"%s\",} 0.0".formatted(reason.label()));
    }
  }

  @Test
  void consumerLag_isTheReaders_whereOneReadsHere() {
    metrics.consumerLagOfGroup("reports", 0, 7);
    metrics.consumerLagOfGroup("reports", 1, 8);
    metrics.consumerLag("reports", 0, 1);
    metrics.consumerLagOfGroup("reports", 0, 9);

    assertThat(metrics.sum("qoa_consumer_lag", Map.of("partition", "0"))).hasValue(1);
    assertThat(metrics.sum("qoa_consumer_lag", Map.of("partition", "1"))).hasValue(8);
  }

  @Test
  void revision_replacesTheOneBefore() {
    metrics.revision("one");
    metrics.revision("two");

    assertThat(metrics.text())
        .contains("qoa_revision_info{revision=\"two\",} 1.0")
        .doesNotContain("revision=\"one\"");
  }

  @Test
  void labelsBeyondTheBound_areCountedUnderOther() {
    PrometheusMetrics bounded = new PrometheusMetrics(2);
    for (String contract : new String[] {"a", "b", "c", "d", "a"}) {
      bounded.evaluation(contract, EvaluationOutcome.FAILED, 1);
    }
    bounded.openViolations("z", "s", "latency", null, null, 7);

    assertThat(bounded.text().lines().filter(line -> line.startsWith("qoa_evaluations_total")))
        .containsExactlyInAnyOrder(
            "qoa_evaluations_total{contract=\"a\",outcome=\"failed\",} 2.0",
            "qoa_evaluations_total{contract=\"b\",outcome=\"failed\",} 1.0",
            "qoa_evaluations_total{contract=\"other\",outcome=\"other\",} 2.0");
    assertThat(bounded.sum("qoa_open_violations", Map.of("contract", "z", "stakeholder", "s")))
        .as("the bound is per metric")
        .hasValue(7);
  }

  @Test
  void nullLabels_areEmpty() {
    metrics.violation("c", null, null, "too slow", null, null, 1);

    assertThat(metrics.text())
        .contains(
            "qoa_violations_total{contract=\"c\",stakeholder=\"\",role=\"\","
                + "constraint=\"too slow\",stage=\"\",severity=\"\",} 1.0");
  }

  @Test
  void sum_isOverTheSeriesWithTheseLabels() {
    metrics.report(ReportKind.ML, ReportOutcome.LATE, 2);
    metrics.report(ReportKind.ROHE, ReportOutcome.LATE, 3);
    metrics.report(ReportKind.ROHE, ReportOutcome.UNMATCHED, 4);
    metrics.evaluationSeconds(0.5);

    assertThat(metrics.sum("qoa_reports_total", Map.of("outcome", "late"))).hasValue(5);
    assertThat(metrics.sum("qoa_reports_total", Map.of("outcome", "late", "kind", "ml")))
        .hasValue(2);
    assertThat(metrics.sum("qoa_reports_total", Map.of())).hasValue(9);
    assertThat(metrics.sum("qoa_reports_total", Map.of("stage", "gateway"))).isEmpty();
    assertThat(metrics.sum("qoa_evaluation_seconds_count", Map.of())).hasValue(1);
    assertThat(metrics.sum("qoa_open_violations", Map.of())).isEmpty();
  }

  @Test
  void withJvm_addsTheJvmsMetrics() {
    assertThat(metrics.text()).doesNotContain("jvm_");
    assertThat(metrics.withJvm().text()).contains("jvm_memory_bytes_used", "process_cpu_seconds");
  }

  @Test
  void bound_mustBeAboveZero() {
    assertThatThrownBy(() -> new PrometheusMetrics(0)).hasMessageContaining("maxSeries is 0");
  }
}
