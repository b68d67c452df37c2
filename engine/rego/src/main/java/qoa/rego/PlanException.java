package qoa.rego;

import qoa.rego.budget.LimitException;
import qoa.rego.machine.EvaluationException;
import qoa.rego.plan.Location;

/**
 * An evaluation failed: the policy contradicts itself, a builtin failed under strict errors, or a
 * limit was reached. The message names the place in the policy where it is known.
 */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Two rules or keys give different values for one thing. */
  public static final String CONFLICT = "eval_conflict_error";

  /** An argument of a builtin has the wrong type. */
  public static final String TYPE = "eval_type_error";

  /** A builtin failed for another reason than its arguments' types. */
  public static final String BUILTIN = "eval_builtin_error";

  /** Steps, memory, time or depth were used up; OPA's code for an evaluation that is cut off. */
  public static final String LIMIT = "eval_cancel_error";

  /** A defect of this program. */
  public static final String INTERNAL = "eval_internal_error";

  private final String code;
  private final transient Location location;

  private PlanException(String code, String message, Location location) {
    this(code, message, location, null);
  }

  private PlanException(String code, String message, Location location, Throwable cause) {
    super(location.isKnown() ? location + ": " + message : message, cause, false, cause != null);
    this.code = code;
    this.location = location;
  }

  /** What an evaluation ended with, as the failure of that evaluation. */
  public static PlanException of(Throwable cause) {
    if (cause instanceof PlanException known) {
      return known;
    }
    if (cause instanceof EvaluationException known) {
      return new PlanException(code(known.kind()), known.getMessage(), known.location());
    }
    if (cause instanceof LimitException) {
      return new PlanException(LIMIT, cause.getMessage(), Location.UNKNOWN);
    }
    if (cause instanceof StackOverflowError) {
      return new PlanException(LIMIT, "calls or values nested too deeply", Location.UNKNOWN);
    }
    // A defect here, or a plan that no compiler made: it fails this evaluation, and only this.
    return new PlanException(INTERNAL, cause.toString(), Location.UNKNOWN, cause);
  }

  private static String code(EvaluationException.Kind kind) {
    return switch (kind) {
      case CONFLICT -> CONFLICT;
      case TYPE -> TYPE;
      case BUILTIN -> BUILTIN;
    };
  }

  /** One of the constants of this class: OPA's error codes. */
  public String code() {
    return code;
  }

  /** Where in the policy; see {@link Location#isKnown}. */
  public Location location() {
    return location;
  }
}
