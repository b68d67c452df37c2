package qoa.core.engine;

import java.util.Locale;

/** How an evaluation ended. */
public enum EvaluationOutcome {
  /** There are verdicts. */
  DEFINED,
  /** The policy has {@code violation} alone, and said nothing. */
  SILENT,
  /** The policy has no rule that the engine reads. */
  UNDEFINED,
  /** The policy could not be evaluated. */
  FAILED;

  /** The name as it stands in the metrics, such as {@code failed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
