package qoa.rego.machine;

import qoa.rego.plan.Location;

/** The policy contradicts itself, or a builtin failed under strict errors. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** Two rules or keys give different values for one thing. */
    CONFLICT,
    /** An argument of a builtin has the wrong type. */
    TYPE,
    /** A builtin failed for another reason than its arguments' types. */
    BUILTIN
  }

  private final Kind kind;
  private final transient Location location;

  /** States what went wrong, and where. */
  public EvaluationException(Kind kind, String message, Location location) {
    super(message, null, false, false);
    this.kind = kind;
    this.location = location;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Where in the policy. */
  public Location location() {
    return location;
  }
}
