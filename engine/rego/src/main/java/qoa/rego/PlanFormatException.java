package qoa.rego;

/**
 * A document is no plan that can be run here: it is not a plan at all, or it calls builtins that
 * the profile leaves out. The message names each, with its place in the policy.
 */
public final class PlanFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlanFormatException(String message) {
    super(message);
  }
}
