package qoa.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * What a policy says about one constraint and one stakeholder. All but {@code kind} may be null; at
 * least one of {@code constraint} and {@code message} is there.
 *
 * @param kind met, violated or undetermined
 * @param stakeholder who is accountable
 * @param consumers to whom it was promised
 * @param constraint the promise
 * @param stage where it is measured
 * @param instance the instance it is about
 * @param metric the metric judged
 * @param aggregate the aggregate function judged
 * @param observed what was seen
 * @param expected what was promised
 * @param severity how bad a violation is
 * @param message for people
 */
public record Verdict(
    Kind kind,
    String stakeholder,
    List<String> consumers,
    String constraint,
    String stage,
    String instance,
    String metric,
    String aggregate,
    JsonNode observed,
    JsonNode expected,
    String severity,
    String message) {

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
  public static Verdict message(Kind kind, String stakeholder, String message) {
    return new Verdict(
        kind, stakeholder, null, null, null, null, null, null, null, null, null, message);
  }

  /** What tells this promise from others of the contract: its constraint, else its message. */
  public String name() {
    return constraint != null ? constraint : message;
  }

  /**
   * What is said of the same promise by another judgement.
   *
   * @param observed what was seen; may be null
   * @param message for people; null only where there is a constraint
   */
  public Verdict again(Kind kind, JsonNode observed, String message) {
    return new Verdict(
        kind,
        stakeholder,
        consumers,
        constraint,
        stage,
        instance,
        metric,
        aggregate,
        observed,
        expected,
        severity,
        message);
  }
}
