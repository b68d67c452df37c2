package qoa.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What was promised, as a policy names it. All but {@code key} may be null.
 *
 * @param key identifies the promise within its contract
 * @param constraint the constraint; null where the message alone names the promise
 * @param consumers the stakeholders to whom it was promised
 * @param metric the metric judged
 * @param aggregate the aggregate function judged
 * @param expected the promised value or condition
 * @param severity how severe a violation is
 */
public record Promise(
    PromiseKey key,
    String constraint,
    List<String> consumers,
    String metric,
    String aggregate,
    JsonNode expected,
    String severity) {

  /**
   * A promise that only a message names.
   *
   * @param stakeholder the id of the accountable stakeholder; null for none
   */
  public static Promise ofMessage(String message, String stakeholder) {
    PromiseKey key = new PromiseKey(message, stakeholder, null, null);
    return new Promise(key, null, null, null, null, null, null);
  }

  /** The constraint, or the message where there is none. */
  public String name() {
    return key.name();
  }

  /** The id of the accountable stakeholder; may be null. */
  public String stakeholder() {
    return key.stakeholder();
  }

  /** The stage at which it is measured; may be null. */
  public String stage() {
    return key.stage();
  }

  /** The instance that it is about; may be null. */
  public String instance() {
    return key.instance();
  }
}
