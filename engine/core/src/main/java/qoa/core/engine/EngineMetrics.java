package qoa.core.engine;

import qoa.core.model.DeadLetter;
import qoa.core.model.ReportKind;
import qoa.core.model.Verdict;

/**
 * Counts what an engine has committed. The engines of a process share one; each calls it from its
 * own thread, after each commit.
 *
 * <p>Counters balance: every message consumed is counted by {@link #report} once, in exactly one
 * outcome. A report that several contracts judge counts once: {@code late} where it came too late
 * for the window of any of them, else {@code evaluated}.
 */
public interface EngineMetrics {

  /**
   * Counts messages consumed.
   *
   * @param kind {@link ReportKind#UNKNOWN} for a dead letter that has none
   * @param count how many, 0 or more
   */
  void report(ReportKind kind, ReportOutcome outcome, long count);

  /** Counts dead letters by their reason, beside their {@link #report}. */
  void deadLetter(DeadLetter.Reason reason, long count);

  /** Counts reports that were re-keyed; each is counted by {@link #report} where it arrives. */
  void forwarded(long count);

  /** Counts evaluations of a contract. */
  void evaluation(String contract, EvaluationOutcome outcome, long count);

  /**
   * Counts verdicts; {@code constraint} is {@link Verdict#name}.
   *
   * @param count how many; 0 to have the series exist
   */
  void verdict(
      String contract,
      String stakeholder,
      String constraint,
      String stage,
      Verdict.Kind kind,
      long count);

  /**
   * Counts violated verdicts; all but {@code contract} may be null.
   *
   * @param role the stakeholder's role; one string where it has several, so that it counts once
   */
  void violation(
      String contract,
      String stakeholder,
      String role,
      String constraint,
      String stage,
      String severity,
      long count);

  /** Adds to how many violations last now; what is below 0 takes away, 0 has the series exist. */
  void openViolations(
      String contract,
      String stakeholder,
      String constraint,
      String stage,
      String severity,
      int change);

  /** Sets what was observed in the window closed last; {@code stage} may be null. */
  void observed(
      String contract,
      String application,
      String stage,
      String metric,
      String aggregate,
      double value);

  /** Takes the time that a batch of evaluations took, in seconds. */
  void evaluationSeconds(double seconds);

  /** Takes the time from an event's {@code ce_time} to its being sent, in seconds. */
  void reportToEventSeconds(double seconds);
}
