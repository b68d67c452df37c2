package qoa.service.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.Info;
import io.prometheus.client.SimpleCollector;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import qoa.core.engine.EngineMetrics;
import qoa.core.engine.EvaluationOutcome;
import qoa.core.engine.ReportOutcome;
import qoa.core.model.DeadLetter;
import qoa.core.model.ReportKind;
import qoa.core.model.Verdict;

/**
 * The Prometheus metrics of the engine, in their own registry. {@code engine/docs/operating.md}
 * lists them. Any thread may call it. A null label is exposed as empty, which Prometheus treats as
 * absent.
 *
 * <p>Counters balance: the sum of {@code qoa_reports_total} over its labels is the number of
 * messages consumed, and the sum of {@code qoa_dead_letters_total} is {@code qoa_reports_total} of
 * outcome {@code dead_letter}.
 *
 * <p>The series of each metric with labels from reports, contracts or policies are limited. Beyond
 * the limit, all label values share one series with {@code other} in every label. Counters and
 * histograms count there. A gauge there has the value that was set last, and only shows that the
 * limit is reached.
 */
public final class PrometheusMetrics implements EngineMetrics {

  /** A limit that ordinary contracts do not reach, and that Prometheus handles easily. */
  public static final int DEFAULT_SERIES = 10_000;

  /** A reader that has not reported its lag for this long has lost the partition. */
  private static final long READER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final CollectorRegistry registry = new CollectorRegistry(true);
  private final Map<ReportKind, Map<ReportOutcome, Counter.Child>> reports;
  private final Map<DeadLetter.Reason, Counter.Child> deadLetters;
  private final Counter forwarded;
  private final Series<Counter.Child> evaluations;
  private final Series<Counter.Child> verdicts;
  private final Series<Counter.Child> violations;
  private final Series<Gauge.Child> openViolations;
  private final Series<Gauge.Child> observed;
  private final Series<Gauge.Child> consumerLag;
  private final Map<String, Long> lagReported = new ConcurrentHashMap<>();
  private final Histogram evaluationSeconds;
  private final Histogram reportToEventSeconds;
  private final Info revision;
  private final Counter reloads;
  private final Gauge lastReloadSuccessful;

  /**
   * @param maxSeries the limit of the series of a metric, without {@code other}; above 0
   */
  public PrometheusMetrics(int maxSeries) {
    if (maxSeries < 1) {
      throw new IllegalArgumentException("maxSeries is " + maxSeries + ", expected above 0");
    }
    reports = reportCounters();
    deadLetters = deadLetterCounters();
    forwarded =
        Counter.build(
                "qoa_reports_forwarded_total", "Reports that this engine re-keyed by application.")
            .register(registry);
    evaluations =
        series(
            maxSeries,
            Counter.build("qoa_evaluations_total", "Policy evaluations.")
                .labelNames("contract", "outcome"));
    verdicts =
        series(
            maxSeries,
            Counter.build("qoa_verdicts_total", "Verdicts of policies.")
                .labelNames("contract", "stakeholder", "constraint", "stage", "verdict"));
    violations =
        series(
            maxSeries,
            Counter.build("qoa_violations_total", "Verdicts that a promise is violated.")
                .labelNames("contract", "stakeholder", "role", "constraint", "stage", "severity"));
    openViolations =
        series(
            maxSeries,
            Gauge.build(
                    "qoa_open_violations",
                    "Open violations of window contracts, in the partitions that this engine reads.")
                .labelNames("contract", "stakeholder", "constraint", "stage", "severity"));
    observed =
        series(
            maxSeries,
            Gauge.build("qoa_observed", "Latest observed value, aggregated over one window.")
                .labelNames("contract", "application", "stage", "metric", "aggregate"));
    consumerLag =
        series(
            maxSeries,
            Gauge.build(
                    "qoa_consumer_lag",
                    "Reports not read yet; in partitions that other engines read, reports not committed yet.")
                .labelNames("topic", "partition"));
    evaluationSeconds =
        Histogram.build("qoa_evaluation_seconds", "Time to evaluate a batch.")
            .exponentialBuckets(0.0001, 4, 10)
            .register(registry);
    reportToEventSeconds =
        Histogram.build(
                "qoa_report_to_event_seconds",
                "Time from ce_time of an event (event time of the report, or end of the window) until the event is sent.")
            .buckets(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
            .register(registry);
    reloads =
        Counter.build("qoa_reload_total", "Loads of contracts and policies, by outcome.")
            .labelNames("outcome")
            .register(registry);
    reloads.labels("ok");
    reloads.labels("failed");
    lastReloadSuccessful =
        Gauge.build(
                "qoa_last_reload_successful",
                "1 if the contracts and policies on disk are the active revision, else 0.")
            .register(registry);
    lastReloadSuccessful.set(1);
    revision =
        Info.build("qoa_revision", "Active revision of contracts and policies.").register(registry);
  }

  /** Adds the metrics of the JVM, such as {@code jvm_memory_used_bytes}. */
  public PrometheusMetrics withJvm() {
    DefaultExports.register(registry);
    return this;
  }

  @Override
  public void report(ReportKind kind, ReportOutcome outcome, long count) {
    if (count > 0) {
      reports.get(kind).get(outcome).inc((double) count);
    }
  }

  @Override
  public void deadLetter(DeadLetter.Reason reason, long count) {
    deadLetters.get(reason).inc((double) count);
  }

  @Override
  public void forwarded(long count) {
    forwarded.inc((double) count);
  }

  @Override
  public void evaluation(String contract, EvaluationOutcome outcome, long count) {
    evaluations.of(contract, outcome.label()).inc((double) count);
  }

  @Override
  public void verdict(
      String contract,
      String stakeholder,
      String constraint,
      String stage,
      Verdict.Kind kind,
      long count) {
    verdicts.of(contract, stakeholder, constraint, stage, kind.label()).inc((double) count);
  }

  @Override
  public void violation(
      String contract,
      String stakeholder,
      String role,
      String constraint,
      String stage,
      String severity,
      long count) {
    violations.of(contract, stakeholder, role, constraint, stage, severity).inc((double) count);
  }

  @Override
  public void openViolations(
      String contract,
      String stakeholder,
      String constraint,
      String stage,
      String severity,
      int change) {
    openViolations.of(contract, stakeholder, constraint, stage, severity).inc(change);
  }

  @Override
  public void observed(
      String contract,
      String application,
      String stage,
      String metric,
      String aggregate,
      double value) {
    observed.of(contract, application, stage, metric, aggregate).set(value);
  }

  @Override
  public void evaluationSeconds(double seconds) {
    evaluationSeconds.observe(seconds);
  }

  @Override
  public void reportToEventSeconds(double seconds) {
    reportToEventSeconds.observe(seconds);
  }

  /** Sets the lag of a partition that this process reads: the reports that it has not read yet. */
  public void consumerLag(String topic, int partition, long lag) {
    lagReported.put(topic + ":" + partition, System.nanoTime());
    consumerLag.of(topic, String.valueOf(partition)).set((double) lag);
  }

  /**
   * Sets the lag of a partition by the committed offset of the group. Ignored while this process
   * reads the partition and reports its own lag.
   */
  public void consumerLagOfGroup(String topic, int partition, long lag) {
    Long reported = lagReported.get(topic + ":" + partition);
    if (reported == null || System.nanoTime() - reported > READER_NANOS) {
      consumerLag.of(topic, String.valueOf(partition)).set((double) lag);
    }
  }

  /** Counts a load of contracts and policies. If it failed, the active revision is unchanged. */
  public void reload(boolean ok) {
    reloads.labels(ok ? "ok" : "failed").inc();
    lastReloadSuccessful.set(ok ? 1 : 0);
  }

  /** Sets the active revision. The revision before it is no longer exposed. */
  public void revision(String id) {
    revision.info("revision", id);
  }

  /**
   * The sum of the series of a metric that have the given labels, for summaries and tests; empty if
   * there are none.
   *
   * @param name the exposed name, such as {@code qoa_reports_total}
   * @param labels some of the labels, with their values
   */
  public OptionalDouble sum(String name, Map<String, String> labels) {
    double[] values =
        Collections.list(registry.filteredMetricFamilySamples(Set.of(name))).stream()
            .flatMap(family -> family.samples.stream())
            .filter(sample -> hasLabels(sample, labels))
            .mapToDouble(sample -> sample.value)
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(values).sum());
  }

  private static boolean hasLabels(
      Collector.MetricFamilySamples.Sample sample, Map<String, String> labels) {
    return labels.entrySet().stream()
        .allMatch(
            label -> {
              int index = sample.labelNames.indexOf(label.getKey());
              return index >= 0 && sample.labelValues.get(index).equals(label.getValue());
            });
  }

  /** All metrics, in Prometheus' text format 0.0.4. */
  public String text() {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  public CollectorRegistry registry() {
    return registry;
  }

  /** Creates all series at the start, so that they are exposed as 0. */
  private Map<ReportKind, Map<ReportOutcome, Counter.Child>> reportCounters() {
    Counter counter =
        Counter.build("qoa_reports_total", "Messages consumed, by kind and outcome.")
            .labelNames("kind", "outcome")
            .register(registry);
    Map<ReportKind, Map<ReportOutcome, Counter.Child>> children = new EnumMap<>(ReportKind.class);
    for (ReportKind kind : ReportKind.values()) {
      Map<ReportOutcome, Counter.Child> outcomes = new EnumMap<>(ReportOutcome.class);
      for (ReportOutcome outcome : ReportOutcome.values()) {
        outcomes.put(outcome, counter.labels(kind.label(), outcome.label()));
      }
      children.put(kind, outcomes);
    }
    return children;
  }

  private Map<DeadLetter.Reason, Counter.Child> deadLetterCounters() {
    Counter counter =
        Counter.build("qoa_dead_letters_total", "Messages that are not reports, by reason.")
            .labelNames("reason")
            .register(registry);
    Map<DeadLetter.Reason, Counter.Child> children = new EnumMap<>(DeadLetter.Reason.class);
    for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
      children.put(reason, counter.labels(reason.label()));
    }
    return children;
  }

  private <C> Series<C> series(
      int bound, SimpleCollector.Builder<?, ? extends SimpleCollector<C>> builder) {
    return new Series<>(builder.register(registry), bound);
  }
}
