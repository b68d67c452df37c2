package qoa.core.lifecycle;

import java.util.Locale;
import java.util.Set;
import qoa.core.contracts.Contract;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Position;
import qoa.core.model.Promise;
import qoa.core.model.Verdict;
import qoa.core.model.Window;

/**
 * One message to subscribers; {@code engine/docs/events.md} is its reference.
 *
 * @param type what happened
 * @param id hash of what the event is about: the same reports give the same id
 * @param evaluation the evaluation that it tells of
 * @param stakeholder the accountable stakeholder; null where the policy names none
 * @param verdict the judgement; of an evaluation that failed, undetermined with the reason as its
 *     message
 * @param evidence reports that show it; null where there are none
 * @param since start of the window in which the violation opened, milliseconds since the epoch;
 *     null where the event is not about a violation that lasts
 * @param reason why a violation was resolved; null for other types
 */
public record Event(
    Type type,
    String id,
    EvaluationRef evaluation,
    StakeholderRef stakeholder,
    Verdict verdict,
    Evidence evidence,
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

    /** Whether the event reports that a promise is broken now. */
    public boolean isViolation() {
      return this == OCCURRED || this == OPENED || this == CONTINUED;
    }

    /** The kind of verdict that events of this type have. */
    Verdict.Kind kind() {
      if (isViolation()) {
        return Verdict.Kind.VIOLATED;
      }
      return this == RESOLVED ? Verdict.Kind.MET : Verdict.Kind.UNDETERMINED;
    }
  }

  /** Why a violation is over; events have the name in lower case. */
  public enum Reason {
    /** The promise is kept again. */
    KEPT,
    /** The contract was changed; violations of the earlier one end. */
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

  /** A stakeholder as events name it, with its roles in the contract. */
  public record StakeholderRef(String id, Set<String> roles) {

    /** A stakeholder of a contract; null where the id is. */
    static StakeholderRef of(String id, Contract contract) {
      return id == null ? null : new StakeholderRef(id, contract.rolesOf(id));
    }
  }

  /** The Rego package that judged, and the revision of all policies and contracts. */
  public record PolicyRef(String packageName, String revision) {}

  /**
   * An evaluation as events and statuses name it.
   *
   * @param contract the contract that was judged
   * @param policy the policy that judged
   * @param application the application reported on
   * @param window the span of event time judged
   * @param reports the number of reports in it
   * @param late true where a report came too late for its window and was judged on its own
   */
  public record EvaluationRef(
      ContractRef contract,
      PolicyRef policy,
      String application,
      Window window,
      long reports,
      boolean late) {

    /**
     * An evaluation of a contract.
     *
     * @param revision the id of all policies and contracts
     */
    static EvaluationRef of(Contract contract, EvaluationInput input, String revision) {
      return new EvaluationRef(
          new ContractRef(contract.id(), contract.version()),
          new PolicyRef(contract.policy(), revision),
          input.application(),
          input.window(),
          input.summary().reports(),
          input.late());
    }

    /** The same, as another revision reports it. */
    EvaluationRef by(String revision) {
      PolicyRef other = new PolicyRef(policy.packageName(), revision);
      return new EvaluationRef(contract, other, application, window, reports, late);
    }
  }

  /** Reports that show it; {@code worst} is null where the promise does not tell which that is. */
  public record Evidence(Position first, Position last, Position worst) {}

  /** {@code <contract>/<stakeholder>}, with {@code -} where there is no stakeholder. */
  public String subject() {
    return evaluation.contract().id() + "/" + (stakeholder == null ? "-" : stakeholder.id());
  }

  /** The window's end or the report's event time, in milliseconds since the epoch. */
  public long time() {
    return evaluation.window().end();
  }

  /** The promise that the event is about. */
  public Promise promise() {
    return verdict.promise();
  }
}
