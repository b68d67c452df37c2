package qoa.core.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Lifecycle.Labels;
import qoa.core.model.DeadLetter;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Promise;
import qoa.core.model.ReportKind;
import qoa.core.model.Verdict;
import qoa.core.sink.Summary;

/**
 * What a run has come to. Counts are told to the metrics when what they count is committed: what is
 * given up and done again counts once. Every message is in exactly one report outcome, so these add
 * up to the messages taken in; a report that is re-keyed is counted where its windows are. Used by
 * the engine's one thread.
 */
final class Tally {

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

  /** What was not told yet. */
  private final Map<ReportKind, Map<ReportOutcome, Long>> reports = new EnumMap<>(ReportKind.class);

  private final Map<DeadLetter.Reason, Long> deadLetters = new EnumMap<>(DeadLetter.Reason.class);
  private final Map<Evaluated, Long> evaluations = new HashMap<>();
  private final Map<Judged, Long> verdicts = new HashMap<>();
  private final Map<Violated, Long> violations = new HashMap<>();
  private final Map<Observed, Double> observed = new HashMap<>();
  private final List<Double> batches = new ArrayList<>();
  private final List<Long> eventTimes = new ArrayList<>();
  private long forwarded;

  /** What was told. */
  private final Map<ReportOutcome, Long> allReports = new EnumMap<>(ReportOutcome.class);

  private final Map<EvaluationOutcome, Long> allEvaluations =
      new EnumMap<>(EvaluationOutcome.class);
  private final Map<DeadLetter.Reason, Long> allDeadLetters =
      new EnumMap<>(DeadLetter.Reason.class);
  private final Map<String, Map<Verdict.Kind, Long>> allVerdicts = new HashMap<>();
  private Map<Labels, Integer> open = Map.of();

  void report(ReportKind kind, ReportOutcome outcome) {
    reports
        .computeIfAbsent(kind, k -> new EnumMap<>(ReportOutcome.class))
        .merge(outcome, 1L, Long::sum);
  }

  void deadLetter(DeadLetter.Reason reason) {
    report(ReportKind.UNKNOWN, ReportOutcome.DEAD_LETTER);
    deadLetters.merge(reason, 1L, Long::sum);
  }

  void forwarded() {
    forwarded++;
  }

  void batch(double seconds) {
    batches.add(seconds);
  }

  void evaluation(Contract contract, EvaluationOutcome outcome) {
    evaluations.merge(new Evaluated(contract.id(), outcome), 1L, Long::sum);
  }

  void verdict(Contract contract, EvaluationInput input, Verdict verdict) {
    Promise promise = verdict.promise();
    Judged judged =
        new Judged(
            contract.id(), promise.stakeholder(), promise.name(), promise.stage(), verdict.kind());
    verdicts.merge(judged, 1L, Long::sum);
    JsonNode value = verdict.finding().observed();
    if (value != null && value.isNumber() && promise.metric() != null) {
      observed.put(
          new Observed(
              contract.id(),
              input.application(),
              promise.stage(),
              promise.metric(),
              promise.aggregate()),
          value.doubleValue());
    }
  }

  void event(Event event) {
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
   * Tells the metrics what was committed.
   *
   * @param openNow how many violations are open, by labels
   * @param now the clock, in milliseconds since the epoch
   */
  void tell(EngineMetrics metrics, Map<Labels, Integer> openNow, long now) {
    reports.forEach(
        (kind, counts) ->
            counts.forEach(
                (outcome, count) -> {
                  metrics.report(kind, outcome, count);
                  allReports.merge(outcome, count, Long::sum);
                }));
    deadLetters.forEach(
        (reason, count) -> {
          metrics.deadLetter(reason, count);
          allDeadLetters.merge(reason, count, Long::sum);
        });
    metrics.forwarded(forwarded);
    evaluations.forEach(
        (of, count) -> {
          metrics.evaluation(of.contract(), of.outcome(), count);
          allEvaluations.merge(of.outcome(), count, Long::sum);
        });
    verdicts.forEach(
        (of, count) -> {
          metrics.verdict(
              of.contract(), of.stakeholder(), of.constraint(), of.stage(), of.verdict(), count);
          allVerdicts
              .computeIfAbsent(of.contract(), c -> new EnumMap<>(Verdict.Kind.class))
              .merge(of.verdict(), count, Long::sum);
        });
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
    tellOpen(metrics, openNow);
    clear();
  }

  /** Several engines of a process share the gauge, so each adds what has changed. */
  private void tellOpen(EngineMetrics metrics, Map<Labels, Integer> openNow) {
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

  private void clear() {
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

  /** The engine gives up its homes: what is open in them is no longer counted here. */
  void leave(EngineMetrics metrics) {
    tellOpen(metrics, Map.of());
  }

  /**
   * What was told so far.
   *
   * @param contracts those in force
   */
  Summary summary(ContractSet contracts) {
    SortedMap<String, Summary.Verdicts> verdicts = new TreeMap<>();
    contracts.contracts().forEach(contract -> verdicts.put(contract.id(), Summary.Verdicts.NONE));
    allVerdicts.forEach((contract, kinds) -> verdicts.put(contract, verdicts(kinds)));
    return new Summary(
        new Summary.Read(
            of(ReportOutcome.EVALUATED),
            of(ReportOutcome.UNMATCHED),
            of(ReportOutcome.LATE),
            new TreeMap<>(allDeadLetters)),
        new Summary.Evaluations(
            allEvaluations.values().stream().mapToLong(Long::longValue).sum(),
            of(EvaluationOutcome.FAILED) + of(EvaluationOutcome.UNDEFINED),
            of(EvaluationOutcome.SILENT)),
        verdicts);
  }

  private static Summary.Verdicts verdicts(Map<Verdict.Kind, Long> kinds) {
    return new Summary.Verdicts(
        kinds.getOrDefault(Verdict.Kind.MET, 0L),
        kinds.getOrDefault(Verdict.Kind.VIOLATED, 0L),
        kinds.getOrDefault(Verdict.Kind.UNDETERMINED, 0L));
  }

  private long of(ReportOutcome outcome) {
    return allReports.getOrDefault(outcome, 0L);
  }

  private long of(EvaluationOutcome outcome) {
    return allEvaluations.getOrDefault(outcome, 0L);
  }
}
