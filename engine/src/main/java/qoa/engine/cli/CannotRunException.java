package qoa.engine.cli;

/** A command cannot run, and its user can do something about it. */
final class CannotRunException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong, and what to do
   */
  CannotRunException(String message) {
    super(message);
  }
}
