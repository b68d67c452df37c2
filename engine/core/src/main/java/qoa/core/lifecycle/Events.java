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
   * The events of one judged report: of a contract that judges each report, or of a report that
   * came too late for its window. Promises that were met give no event.
   *
   * @param contract the contract that was judged
   * @param input the input of its policy
   * @param verdicts the verdicts of the policy
   * @param revision the id of all policies and contracts
   * @return {@code occurred} and {@code undetermined} events in the order of the verdicts
   */
  public static List<Event> ofReport(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    if (areMet(verdicts)) {
      return List.of(); // most reports
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
   * The event of an evaluation that failed.
   *
   * @param contract the contract whose policy failed
   * @param input the input of the policy
   * @param reason what went wrong, for people
   * @param revision the id of all policies and contracts
   */
  public static Event failed(
      Contract contract, EvaluationInput input, String reason, String revision) {
    return new Maker(contract, input, revision).failed(reason);
  }

  /**
   * The event of a violation that ends because its contract was changed or removed.
   *
   * @param status the last status of its promise; open
   * @param reason that the contract was changed or removed
   * @param revision the id of the policies and contracts that ended it
   */
  static Event ended(Status status, Event.Reason reason, String revision) {
    boolean isRemoved = reason == Event.Reason.CONTRACT_REMOVED;
    String message = "the contract was " + (isRemoved ? "removed" : "changed");
    Event.EvaluationRef last = status.evaluation();
    EventId id =
        new EventId()
            .with(last.contract().id())
            .with(last.contract().version())
            .with(last.application())
            .with(last.window().start())
            .with(last.window().end())
            .with("ended")
            .with(status.promise())
            .with(status.fingerprint());
    return new Event(
        Event.Type.RESOLVED,
        id.hex(),
        last.by(revision),
        status.stakeholder(),
        Resolutions.ended(status.state().violated(), message),
        null,
        status.state().since(),
        reason);
  }

  /** Makes the events of one evaluation, which differ in their ids. */
  static final class Maker {

    private final Contract contract;
    private final EvaluationInput input;
    private final Event.EvaluationRef evaluation;
    private final Map<String, Integer> taken = new HashMap<>();

    Maker(Contract contract, EvaluationInput input, String revision) {
      this.contract = contract;
      this.input = input;
      this.evaluation = Event.EvaluationRef.of(contract, input, revision);
    }

    Event event(Event.Type type, Verdict verdict, Long since) {
      return new Event(
          type,
          id(verdict),
          evaluation,
          Event.StakeholderRef.of(verdict.promise().stakeholder(), contract),
          verdict,
          Evidences.of(input.summary(), verdict),
          since,
          type == Event.Type.RESOLVED ? Event.Reason.KEPT : null);
    }

    private Event failed(String reason) {
      return new Event(
          Event.Type.FAILED,
          about(new EventId()).with("failed").hex(),
          evaluation,
          null,
          Verdict.ofMessage(Verdict.Kind.UNDETERMINED, null, reason),
          Evidences.of(input.summary()),
          null,
          null);
    }

    /**
     * Opened, continued and resolved exclude each other, so the type is left out of the hash.
     * Several verdicts of one kind about one promise are told apart by their number.
     */
    private String id(Verdict verdict) {
      EventId id = about(new EventId()).with(verdict.kind().label()).with(verdict.promise().key());
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
      return input.late() ? input.summary().first() : null;
    }
  }
}
