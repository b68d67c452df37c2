package qoa.engine.evaluate.plan.builtins;

/**
 * The evaluation used up what it was given: steps, time, depth, or size. It ends the evaluation.
 */
public final class LimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LimitException(String message) {
    super(message, null, false, false);
  }
}
