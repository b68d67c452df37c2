package qoa.rego.builtins;

/**
 * A text that takes steps from the budget as it is read. A matcher may read parts of a text many
 * times, and only its reads tell how long it works.
 */
final class MeteredText implements CharSequence {
  /** Characters paid for at once. */
  private static final int AT_ONCE = 32;

  private final BuiltinContext context;
  private final String text;
  private final long stepsAtOnce;
  private int paid;

  /**
   * @param eighths what reading a character costs, in eighths of a step
   */
  MeteredText(BuiltinContext context, String text, long eighths) {
    this.context = context;
    this.text = text;
    this.stepsAtOnce = 1 + AT_ONCE * eighths / 8;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--paid < 0) {
      context.charge(stepsAtOnce);
      paid = AT_ONCE;
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
