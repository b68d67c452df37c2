package qoa.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import qoa.core.model.Position;
import qoa.core.model.Window;

/**
 * One message to subscribers; {@code engine/docs/events.md} is its reference. A field is null where
 * the event has no such thing.
 *
 * @param type what happened
 * @param id hash of what the event is about: the same reports give the same id
 * @param subject {@code <contract>/<stakeholder>}
 * @param time the window's end or the report's event time, in milliseconds since the epoch
 * @param contract which contract
 * @param stakeholder who is accountable
 * @param consumers to whom it was promised
 * @param constraint the promise
 * @param stage where it is measured
 * @param instance the instance it is about
 * @param metric the metric judged
 * @param aggregate the aggregate function judged
 * @param observed what was seen
 * @param expected what was promised
 * @param severity how bad it is
 * @param message for people
 * @param application the application reported on
 * @param window the span of event time judged
 * @param reports how many reports it rests on
 * @param late true where a report came too late for its window and was judged on its own
 * @param evidence reports that show it
 * @param policy who judged it
 * @param since start of the window in which the violation opened, milliseconds since the epoch
 * @param reason why a violation was resolved
 */
public record Event(
    Type type,
    String id,
    String subject,
    long time,
    ContractRef contract,
    StakeholderRef stakeholder,
    List<String> consumers,
    String constraint,
    String stage,
    String instance,
    String metric,
    String aggregate,
    JsonNode observed,
    JsonNode expected,
    String severity,
    String message,
    String application,
    Window window,
    long reports,
    boolean late,
    Evidence evidence,
    PolicyRef policy,
    Long since,
    Reason reason) {

  /** Event types; the name is the CloudEvents {@code type}. */
  public enum Type {
    OCCURRED("qoa.violation.occurred"),
    OPENED("qoa.violation.opened"),
    CONTINUED("qoa.violation.continued"),
    RESOLVED("qoa.violation.resolved"),
    UNDETERMINED("qoa.constraint.undetermined"),
    FAILED("qoa.evaluation.failed");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** The CloudEvents type, such as {@code qoa.violation.opened}. */
    public String label() {
      return label;
    }

    /** Whether the event says that a promise is broken now. */
    public boolean isViolation() {
      return this == OCCURRED || this == OPENED || this == CONTINUED;
    }
  }

  /** Why a violation is over; the lower-case name is what events say. */
  public enum Reason {
    /** The promise is kept again. */
    KEPT,
    /** The contract was changed, so what was judged by the one before ends. */
    CONTRACT_CHANGED,
    /** The contract was removed. */
    CONTRACT_REMOVED;

    /** The name as it stands in events, such as {@code contract_changed}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A contract as events name it. */
  public record ContractRef(String id, String version) {}

  /** A stakeholder as events name it; {@code roles} as the contract says. */
  public record StakeholderRef(String id, Set<String> roles) {}

  /** Who judged: the Rego package, and the revision of all policies and contracts. */
  public record PolicyRef(String packageName, String revision) {}

  /** Reports that show it; {@code worst} is null where no metric says which is. */
  public record Evidence(Position first, Position last, Position worst) {}
}
