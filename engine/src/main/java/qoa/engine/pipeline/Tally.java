package qoa.engine.pipeline;

import java.util.EnumMap;
import java.util.Map;
import qoa.engine.emit.Summary;
import qoa.engine.model.ReportKind;
import qoa.engine.model.Verdict;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.EvaluationOutcome;
import qoa.engine.ops.ReportOutcome;

/**
 * What a run has come to so far. Every message is in exactly one report outcome, so these add up to
 * the messages taken in. Used by the pipeline's one thread.
 */
final class Tally {

  private final Map<ReportKind, Map<ReportOutcome, Long>> untold = new EnumMap<>(ReportKind.class);
  private final Map<ReportOutcome, Long> reports = new EnumMap<>(ReportOutcome.class);
  private final Map<EvaluationOutcome, Long> evaluations = new EnumMap<>(EvaluationOutcome.class);
  private final Map<Verdict.Kind, Long> verdicts = new EnumMap<>(Verdict.Kind.class);

  void report(ReportKind kind, ReportOutcome outcome) {
    untold
        .computeIfAbsent(kind, k -> new EnumMap<>(ReportOutcome.class))
        .merge(outcome, 1L, Long::sum);
  }

  void evaluation(EvaluationOutcome outcome) {
    evaluations.merge(outcome, 1L, Long::sum);
  }

  void verdict(Verdict.Kind kind) {
    verdicts.merge(kind, 1L, Long::sum);
  }

  /** Tells the metrics about the reports since the last time: counting each there is too slow. */
  void tellReports(EngineMetrics metrics) {
    untold.forEach(
        (kind, counts) ->
            counts.forEach(
                (outcome, count) -> {
                  metrics.report(kind, outcome, count);
                  reports.merge(outcome, count, Long::sum);
                }));
    untold.clear();
  }

  /** What it has come to, as far as the metrics were told. */
  Summary summary() {
    return new Summary(
        reports.values().stream().mapToLong(Long::longValue).sum(),
        of(ReportOutcome.EVALUATED),
        of(ReportOutcome.UNMATCHED),
        of(ReportOutcome.LATE),
        of(ReportOutcome.DEAD_LETTER),
        evaluations.values().stream().mapToLong(Long::longValue).sum(),
        evaluations.getOrDefault(EvaluationOutcome.FAILED, 0L)
            + evaluations.getOrDefault(EvaluationOutcome.UNDEFINED, 0L),
        of(Verdict.Kind.MET),
        of(Verdict.Kind.VIOLATED),
        of(Verdict.Kind.UNDETERMINED));
  }

  private long of(ReportOutcome outcome) {
    return reports.getOrDefault(outcome, 0L);
  }

  private long of(Verdict.Kind kind) {
    return verdicts.getOrDefault(kind, 0L);
  }
}
