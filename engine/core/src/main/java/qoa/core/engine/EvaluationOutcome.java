package qoa.core.engine;

import java.util.Locale;
import qoa.core.evaluate.Outcome;

/** How an evaluation ended, as the metrics count it. */
public enum EvaluationOutcome {
  /** There are verdicts. */
  DEFINED,
  /** The policy has {@code violation} alone, and gave no member. */
  SILENT,
  /** The policy has no rule that the engine reads. */
  UNDEFINED,
  /** The policy could not be evaluated. */
  FAILED;

  static EvaluationOutcome of(Outcome outcome) {
    if (outcome instanceof Outcome.Defined defined) {
      return defined.isSilent() ? SILENT : DEFINED;
    }
    return outcome instanceof Outcome.Failed ? FAILED : UNDEFINED;
  }

  /** The name as it stands in the metrics, such as {@code failed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
