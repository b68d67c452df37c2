package qoa.core.engine;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import qoa.core.contracts.ContractSet;
import qoa.core.model.DeadLetter;
import qoa.core.model.Verdict;
import qoa.core.sink.Summary;

/** Counts of a whole run, as its {@link Summary} has them. Used by the engine's one thread. */
final class Totals {

  private final Map<ReportOutcome, Long> reports = new EnumMap<>(ReportOutcome.class);
  private final SortedMap<DeadLetter.Reason, Long> deadLetters = new TreeMap<>();
  private final Map<EvaluationOutcome, Long> evaluations = new EnumMap<>(EvaluationOutcome.class);
  private final Map<String, Map<Verdict.Kind, Long>> verdicts = new HashMap<>();

  void report(ReportOutcome outcome, long count) {
    reports.merge(outcome, count, Long::sum);
  }

  void deadLetter(DeadLetter.Reason reason, long count) {
    deadLetters.merge(reason, count, Long::sum);
  }

  void evaluation(EvaluationOutcome outcome, long count) {
    evaluations.merge(outcome, count, Long::sum);
  }

  void verdict(String contract, Verdict.Kind kind, long count) {
    verdicts
        .computeIfAbsent(contract, c -> new EnumMap<>(Verdict.Kind.class))
        .merge(kind, count, Long::sum);
  }

  /**
   * The summary so far.
   *
   * @param contracts the contracts in force
   */
  Summary summary(ContractSet contracts) {
    SortedMap<String, Summary.Verdicts> byContract = new TreeMap<>();
    contracts.contracts().forEach(contract -> byContract.put(contract.id(), Summary.Verdicts.NONE));
    verdicts.forEach((contract, kinds) -> byContract.put(contract, verdicts(kinds)));
    return new Summary(
        new Summary.Read(
            of(ReportOutcome.EVALUATED),
            of(ReportOutcome.UNMATCHED),
            of(ReportOutcome.LATE),
            new TreeMap<>(deadLetters)),
        new Summary.Evaluations(
            evaluations.values().stream().mapToLong(Long::longValue).sum(),
            of(EvaluationOutcome.FAILED) + of(EvaluationOutcome.UNDEFINED),
            of(EvaluationOutcome.SILENT)),
        byContract);
  }

  private static Summary.Verdicts verdicts(Map<Verdict.Kind, Long> kinds) {
    return new Summary.Verdicts(
        kinds.getOrDefault(Verdict.Kind.MET, 0L),
        kinds.getOrDefault(Verdict.Kind.VIOLATED, 0L),
        kinds.getOrDefault(Verdict.Kind.UNDETERMINED, 0L));
  }

  private long of(ReportOutcome outcome) {
    return reports.getOrDefault(outcome, 0L);
  }

  private long of(EvaluationOutcome outcome) {
    return evaluations.getOrDefault(outcome, 0L);
  }
}
