package qoa.core.evaluate;

/** The evaluator is away: not an answer about any policy, and worth trying again. */
public final class EvaluatorUnavailableException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is away and since when, for operators
   */
  public EvaluatorUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
