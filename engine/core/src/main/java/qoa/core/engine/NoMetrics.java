package qoa.core.engine;

import qoa.core.model.DeadLetter;
import qoa.core.model.ReportKind;
import qoa.core.model.Verdict;

/** Counts nothing. */
final class NoMetrics implements EngineMetrics {

  @Override
  public void report(ReportKind kind, ReportOutcome outcome, long count) {}

  @Override
  public void deadLetter(DeadLetter.Reason reason, long count) {}

  @Override
  public void forwarded(long count) {}

  @Override
  public void evaluation(String contract, EvaluationOutcome outcome, long count) {}

  @Override
  public void verdict(
      String contract,
      String stakeholder,
      String constraint,
      String stage,
      Verdict.Kind kind,
      long count) {}

  @Override
  public void violation(
      String contract,
      String stakeholder,
      String role,
      String constraint,
      String stage,
      String severity,
      long count) {}

  @Override
  public void openViolations(
      String contract,
      String stakeholder,
      String constraint,
      String stage,
      String severity,
      int change) {}

  @Override
  public void observed(
      String contract,
      String application,
      String stage,
      String metric,
      String aggregate,
      double value) {}

  @Override
  public void evaluationSeconds(double seconds) {}

  @Override
  public void reportToEventSeconds(double seconds) {}
}
