package qoa.core.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.evaluate.Outcome;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Lifecycle.Labels;
import qoa.core.model.DeadLetter;
import qoa.core.model.Promise;
import qoa.core.model.ReportKind;
import qoa.core.model.Verdict;
import qoa.core.sink.Decision;
import qoa.core.sink.Sink;

/**
 * Counts what was done since the last commit. Work that is given up and done again counts once,
 * because only committed counts go on to the metrics and {@link Totals}. Every message is in
 * exactly one report outcome, so these add up to the messages taken in; a re-keyed report is
 * counted where it is judged. Used by the engine's one thread.
 */
final class Tally implements Sink {

  private record Evaluated(String contract, EvaluationOutcome outcome) {}

  private record Judged(
      String contract, String stakeholder, String constraint, String stage, Verdict.Kind verdict) {}

  private record Violated(
      String contract,
      String stakeholder,
      String role,
      String constraint,
      String stage,
      String severity) {}

  private record Observed(
      String contract, String application, String stage, String metric, String aggregate) {}

  private final Map<ReportKind, Map<ReportOutcome, Long>> reports = new EnumMap<>(ReportKind.class);
  private final Map<DeadLetter.Reason, Long> deadLetters = new EnumMap<>(DeadLetter.Reason.class);
  private final Map<Evaluated, Long> evaluations = new HashMap<>();
  private final Map<Judged, Long> verdicts = new HashMap<>();
  private final Map<Violated, Long> violations = new HashMap<>();
  private final Map<Observed, Double> observed = new HashMap<>();
  private final List<Double> batches = new ArrayList<>();
  private final List<Long> eventTimes = new ArrayList<>();
  private long forwarded;

  /** The open violations that the metrics know. */
  private Map<Labels, Integer> open = Map.of();

  void report(ReportKind kind, ReportOutcome outcome) {
    reports
        .computeIfAbsent(kind, k -> new EnumMap<>(ReportOutcome.class))
        .merge(outcome, 1L, Long::sum);
  }

  void forwarded() {
    forwarded++;
  }

  void batch(double seconds) {
    batches.add(seconds);
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    report(ReportKind.UNKNOWN, ReportOutcome.DEAD_LETTER);
    deadLetters.merge(deadLetter.reason(), 1L, Long::sum);
  }

  @Override
  public void decision(Decision decision) {
    String contract = decision.evaluation().contract().id();
    EvaluationOutcome outcome = EvaluationOutcome.of(decision.outcome());
    evaluations.merge(new Evaluated(contract, outcome), 1L, Long::sum);
    if (decision.outcome() instanceof Outcome.Defined defined) {
      String application = decision.evaluation().input().application();
      for (Verdict verdict : defined.verdicts()) {
        verdict(contract, application, verdict);
      }
    }
    changes(decision.changes());
  }

  private void verdict(String contract, String application, Verdict verdict) {
    Promise promise = verdict.promise();
    Judged judged =
        new Judged(
            contract, promise.stakeholder(), promise.name(), promise.stage(), verdict.kind());
    verdicts.merge(judged, 1L, Long::sum);
    JsonNode value = verdict.finding().observed();
    if (value != null && value.isNumber() && promise.metric() != null) {
      observed.put(
          new Observed(
              contract, application, promise.stage(), promise.metric(), promise.aggregate()),
          value.doubleValue());
    }
  }

  @Override
  public void changes(Changes changes) {
    changes.events().forEach(this::event);
  }

  private void event(Event event) {
    eventTimes.add(event.time());
    if (event.type().isViolation()) {
      Event.StakeholderRef stakeholder = event.stakeholder();
      Violated violated =
          new Violated(
              event.evaluation().contract().id(),
              stakeholder == null ? null : stakeholder.id(),
              stakeholder == null ? null : String.join(",", stakeholder.roles()),
              event.promise().name(),
              event.promise().stage(),
              event.promise().severity());
      violations.merge(violated, 1L, Long::sum);
    }
  }

  /**
   * Adds the counts to metrics.
   *
   * @param openNow the number of open violations
   * @param now the clock, in milliseconds since the epoch
   */
  void addTo(EngineMetrics metrics, Map<Labels, Integer> openNow, long now) {
    reports.forEach(
        (kind, counts) -> counts.forEach((outcome, count) -> metrics.report(kind, outcome, count)));
    deadLetters.forEach(metrics::deadLetter);
    metrics.forwarded(forwarded);
    evaluations.forEach((of, count) -> metrics.evaluation(of.contract(), of.outcome(), count));
    verdicts.forEach(
        (of, count) ->
            metrics.verdict(
                of.contract(), of.stakeholder(), of.constraint(), of.stage(), of.verdict(), count));
    violations.forEach(
        (of, count) ->
            metrics.violation(
                of.contract(),
                of.stakeholder(),
                of.role(),
                of.constraint(),
                of.stage(),
                of.severity(),
                count));
    observed.forEach(
        (of, value) ->
            metrics.observed(
                of.contract(), of.application(), of.stage(), of.metric(), of.aggregate(), value));
    batches.forEach(metrics::evaluationSeconds);
    eventTimes.forEach(time -> metrics.reportToEventSeconds((now - time) / 1000.0));
    setOpen(metrics, openNow);
  }

  /** Several engines of a process share the gauge, so each adds what has changed. */
  void setOpen(EngineMetrics metrics, Map<Labels, Integer> openNow) {
    if (openNow.equals(open)) {
      return;
    }
    Map<Labels, Integer> changes = new HashMap<>(openNow);
    open.forEach((labels, count) -> changes.merge(labels, -count, Integer::sum));
    changes.forEach(
        (labels, change) ->
            metrics.openViolations(
                labels.contract(),
                labels.stakeholder(),
                labels.constraint(),
                labels.stage(),
                labels.severity(),
                change));
    open = Map.copyOf(openNow);
  }

  /** Adds the counts to totals. */
  void addTo(Totals totals) {
    reports.values().forEach(counts -> counts.forEach(totals::report));
    deadLetters.forEach(totals::deadLetter);
    evaluations.forEach((of, count) -> totals.evaluation(of.outcome(), count));
    verdicts.forEach((of, count) -> totals.verdict(of.contract(), of.verdict(), count));
  }

  /** Starts anew. */
  void clear() {
    reports.clear();
    deadLetters.clear();
    evaluations.clear();
    verdicts.clear();
    violations.clear();
    observed.clear();
    batches.clear();
    eventTimes.clear();
    forwarded = 0;
  }
}
