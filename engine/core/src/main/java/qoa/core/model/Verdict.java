package qoa.core.model;

import java.util.Locale;

/**
 * The judgement of a policy about one promise.
 *
 * @param promise what was promised; verdicts of the same promise may share it
 * @param finding what the evaluation found
 */
public record Verdict(Promise promise, Finding finding) {

  /** The three answers to "was the promise kept?". */
  public enum Kind {
    MET,
    VIOLATED,
    UNDETERMINED;

    /** The name as it stands in events and metrics, such as {@code met}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A verdict that has a message alone.
   *
   * @param stakeholder null for none
   */
  public static Verdict ofMessage(Kind kind, String stakeholder, String message) {
    return new Verdict(Promise.ofMessage(message, stakeholder), new Finding(kind, null, message));
  }

  /** Met, violated or undetermined. */
  public Kind kind() {
    return finding.kind();
  }
}
