package qoa.rego.builtins;

/**
 * A built-in function could not give a result. The call is undefined, or fails the evaluation with
 * {@code eval_builtin_error} where the caller asked for strict errors. Carries no stack trace: it
 * tells about the policy's values, not about this program.
 */
public class BuiltinException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BuiltinException(String message) {
    super(message, null, false, false);
  }
}
