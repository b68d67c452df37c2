package qoa.core.engine;

/** Something cannot run, or continue, for a reason that its user can remove. */
public final class CannotRunException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong, and what to do
   */
  public CannotRunException(String message) {
    super(message);
  }

  public CannotRunException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
