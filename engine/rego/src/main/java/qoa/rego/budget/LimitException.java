package qoa.rego.budget;

/**
 * The evaluation reached a limit: of steps, memory, time, depth, or size. It ends the evaluation.
 */
public final class LimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The longest text that a value becomes, or that a builtin makes, in UTF-16 units. */
  public static final int MAX_TEXT = 16_000_000;

  /** States which limit was reached. */
  public LimitException(String message) {
    super(message, null, false, false);
  }

  /**
   * Checks the length of a text, before or while it is made.
   *
   * @throws LimitException if it is above {@link #MAX_TEXT}
   */
  public static void requireText(long length) {
    if (length > MAX_TEXT) {
      throw new LimitException("a text longer than " + MAX_TEXT + " characters");
    }
  }
}
