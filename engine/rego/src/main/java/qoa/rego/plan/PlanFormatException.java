package qoa.rego.plan;

/**
 * A document cannot be run: it is not a plan, a part of it is malformed, or it calls builtins that
 * the profile leaves out. The message names each such builtin, with its place in the policy. Part
 * of the API.
 */
public final class PlanFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** States what is wrong with the document. */
  public PlanFormatException(String message) {
    super(message);
  }
}
