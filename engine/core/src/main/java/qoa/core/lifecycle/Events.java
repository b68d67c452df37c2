package qoa.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.contracts.Contract;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Position;
import qoa.core.model.Verdict;

/** Makes events of verdicts. Plain functions of their arguments; any thread may call them. */
public final class Events {

  private Events() {}

  /**
   * What subscribers hear of one judged report: of a contract that judges each report, or of a
   * report that came too late for its window. Promises that were met give no event.
   *
   * @param contract the contract that was judged
   * @param input what its policy looked at
   * @param verdicts what it said
   * @param revision who judged; the id of policies and contracts as one
   * @return {@code occurred} and {@code undetermined} events in the order of the verdicts
   */
  public static List<Event> ofReport(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    if (areMet(verdicts)) {
      return List.of(); // so it is for most reports
    }
    Maker maker = new Maker(contract, input, revision);
    List<Event> events = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      switch (verdict.kind()) {
        case VIOLATED -> events.add(maker.event(Event.Type.OCCURRED, verdict, null));
        case UNDETERMINED -> events.add(maker.event(Event.Type.UNDETERMINED, verdict, null));
        case MET -> {}
      }
    }
    return events;
  }

  private static boolean areMet(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (verdict.kind() != Verdict.Kind.MET) {
        return false;
      }
    }
    return true;
  }

  /**
   * A policy that could not be evaluated on an input.
   *
   * @param contract the contract whose policy failed
   * @param input what it was given
   * @param reason what went wrong, for people
   * @param revision the id of policies and contracts as one
   */
  public static Event failed(
      Contract contract, EvaluationInput input, String reason, String revision) {
    return new Maker(contract, input, revision).failed(reason);
  }

  /**
   * A violation that ends because its contract was changed or removed.
   *
   * @param status what was known of it; open
   * @param reason that the contract was changed or removed
   * @param revision the id of the policies and contracts that ended it
   */
  static Event ended(Status status, Event.Reason reason, String revision) {
    boolean isRemoved = reason == Event.Reason.CONTRACT_REMOVED;
    String message = "the contract was " + (isRemoved ? "removed" : "changed");
    Verdict ended = Resolutions.ended(status.state().violated(), message);
    Promise promise = status.promise();
    String id =
        new EventId()
            .with(status.contract().id())
            .with(status.contract().version())
            .with(status.application())
            .with(status.window().start())
            .with(status.window().end())
            .with("ended")
            .with(promise.name())
            .with(promise.stakeholder())
            .with(promise.stage())
            .with(promise.instance())
            .with(status.fingerprint())
            .hex();
    return new Event(
        Event.Type.RESOLVED,
        id,
        subject(status.contract().id(), promise.stakeholder()),
        status.window().end(),
        status.contract(),
        status.stakeholder(),
        ended.consumers(),
        ended.constraint(),
        ended.stage(),
        ended.instance(),
        ended.metric(),
        ended.aggregate(),
        null,
        ended.expected(),
        ended.severity(),
        ended.message(),
        status.application(),
        status.window(),
        status.reports(),
        false,
        null,
        new Event.PolicyRef(status.policy().packageName(), revision),
        status.state().since(),
        reason);
  }

  private static String subject(String contract, String stakeholder) {
    return contract + "/" + (stakeholder == null ? "-" : stakeholder);
  }

  /** Makes the events of one evaluation, which differ in their ids. */
  static final class Maker {

    private final Contract contract;
    private final EvaluationInput input;
    private final Event.ContractRef contractRef;
    private final Event.PolicyRef policy;
    private final Map<String, Integer> taken = new HashMap<>();

    Maker(Contract contract, EvaluationInput input, String revision) {
      this.contract = contract;
      this.input = input;
      this.contractRef = new Event.ContractRef(contract.id(), contract.version());
      this.policy = new Event.PolicyRef(contract.policy(), revision);
    }

    Event event(Event.Type type, Verdict verdict, Long since) {
      return new Event(
          type,
          id(verdict),
          subject(contract.id(), verdict.stakeholder()),
          input.window().end(),
          contractRef,
          stakeholder(verdict.stakeholder()),
          verdict.consumers(),
          verdict.constraint(),
          verdict.stage(),
          verdict.instance(),
          verdict.metric(),
          verdict.aggregate(),
          verdict.observed(),
          verdict.expected(),
          verdict.severity(),
          verdict.message(),
          input.application(),
          input.window(),
          input.reports(),
          input.late(),
          Evidences.of(input, verdict),
          policy,
          since,
          type == Event.Type.RESOLVED ? Event.Reason.KEPT : null);
    }

    private Event failed(String reason) {
      return new Event(
          Event.Type.FAILED,
          about(new EventId()).with("failed").hex(),
          subject(contract.id(), null),
          input.window().end(),
          contractRef,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          reason,
          input.application(),
          input.window(),
          input.reports(),
          input.late(),
          Evidences.of(input),
          policy,
          null,
          null);
    }

    /**
     * Opened, continued and resolved exclude each other, so the type is left out of the hash; what
     * a policy says twice of the same promise is told apart by its turn.
     */
    private String id(Verdict verdict) {
      EventId id =
          about(new EventId())
              .with(verdict.kind().label())
              .with(verdict.name())
              .with(verdict.stakeholder())
              .with(verdict.stage())
              .with(verdict.instance());
      String hex = id.hex();
      int turn = taken.merge(hex, 1, Integer::sum);
      return turn == 1 ? hex : new EventId().with(hex).with(turn).hex();
    }

    private EventId about(EventId id) {
      return id.with(contract.id())
          .with(contract.version())
          .with(input.application())
          .with(input.window().start())
          .with(input.window().end())
          .with(report());
    }

    /** The one report that was judged; null for a window. */
    private Position report() {
      if (input.report() != null) {
        return input.report().raw().position();
      }
      return input.late() ? input.first() : null;
    }

    private Event.StakeholderRef stakeholder(String id) {
      return id == null ? null : new Event.StakeholderRef(id, contract.rolesOf(id));
    }
  }
}
