package qoa.engine.ops;

import java.util.Locale;

/** How an evaluation ended. */
public enum EvaluationOutcome {
  /** The policy gave verdicts, or has none to give. */
  DEFINED,
  /** The policy has no rule that the engine reads. */
  UNDEFINED,
  /** The policy could not be evaluated. */
  FAILED;

  /** The name as it stands in the metrics, such as {@code failed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
