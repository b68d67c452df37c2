package qoa.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.contracts.Schedule.Damping;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Partition;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

/**
 * Decides when violations open, continue and resolve, and keeps the current verdict of each
 * promise, for the applications whose reports are read from one partition. {@link PromiseState} has
 * the rules. The same evaluations in the same order give the same events. Called by the engine's
 * one thread, with the windows of a contract and an application in order of time.
 *
 * <p>A policy may give several verdicts about a promise in one window; the worst decides its state.
 * A promise that the policy does not mention was kept, if there were reports: policies that have
 * only {@code violation} work this way. An evaluation that failed or is undefined has no verdict
 * about any promise. It is not given to this class, so open violations stay open.
 */
public final class Lifecycle {

  /** The labels by which open violations are counted; all but the first and third may be null. */
  public record Labels(
      String contract, String stakeholder, String constraint, String stage, String severity) {

    private static Labels of(Scope scope, PromiseKey promise, PromiseState state) {
      Verdict violated = state.violated();
      return new Labels(
          scope.contract(),
          promise.stakeholder(),
          promise.name(),
          promise.stage(),
          violated == null ? null : violated.promise().severity());
    }
  }

  private record Scope(String contract, String application) {}

  private final Partition partition;
  private final Map<Scope, Map<PromiseKey, PromiseState>> scopes = new HashMap<>();
  private final Map<Scope, LatestStatuses> ofReports = new HashMap<>();
  private final Map<Labels, Integer> counts = new HashMap<>();
  private final Map<String, String> fingerprints = new HashMap<>();

  /**
   * @param partition the partition that the applications' reports are read from
   */
  public Lifecycle(Partition partition) {
    this.partition = partition;
  }

  /**
   * Continues from the statuses that an earlier engine committed. Violations of a contract that was
   * removed or changed since then end.
   *
   * @param left the statuses of this partition
   * @param contracts the contracts in force
   * @param revision the id of all policies and contracts
   * @return {@code resolved} events of contracts that were changed or removed
   */
  public Changes restore(List<Status> left, ContractSet contracts, String revision) {
    List<Event> events = new ArrayList<>();
    Map<String, Status> statuses = new LinkedHashMap<>();
    for (Status status : left) {
      Contract contract = contracts.find(status.evaluation().contract().id()).orElse(null);
      if (contract != null && fingerprint(contract).equals(status.fingerprint())) {
        goOn(contract, status);
      } else {
        statuses.put(status.key(), null);
        if (status.state().open()) {
          Event.Reason reason =
              contract == null ? Event.Reason.CONTRACT_REMOVED : Event.Reason.CONTRACT_CHANGED;
          events.add(Events.ended(status, reason, revision));
        }
      }
    }
    return new Changes(events, statuses);
  }

  /**
   * Continues with promises of an application that moved here from another partition, as {@link
   * #restore} does, and writes their statuses with this partition.
   */
  public Changes adopt(List<Status> left, ContractSet contracts, String revision) {
    Changes changes = restore(left, contracts, revision);
    Map<String, Status> statuses = new LinkedHashMap<>(changes.statuses());
    for (Status status : left) {
      if (!changes.statuses().containsKey(status.key())) {
        statuses.put(status.key(), status.at(partition));
      }
    }
    return new Changes(changes.events(), statuses);
  }

  private void goOn(Contract contract, Status status) {
    Scope scope = new Scope(contract.id(), status.application());
    if (contract.schedule() instanceof Schedule.EachReport) {
      ofReports.computeIfAbsent(scope, s -> new LatestStatuses()).restore(status);
    } else {
      put(scope, status.promise(), status.state());
    }
  }

  /**
   * Takes the verdicts about one window.
   *
   * @param contract the contract that was judged
   * @param input the input of its policy; not late
   * @param verdicts the verdicts of the policy
   * @param revision the id of all policies and contracts
   * @return the events in the order of the verdicts, then those that resolve without a verdict, in
   *     order of their names; the status of each promise mentioned or resolved
   */
  public Changes window(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    return new Step(contract, input, revision).take(verdicts);
  }

  /**
   * Takes the verdicts about one report.
   *
   * @param contract one that judges each report
   * @param input the input of its policy
   * @param verdicts the verdicts of the policy
   * @param revision the id of all policies and contracts
   * @return the events, and the status of each promise whose verdict differs from the report before
   */
  public Changes report(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    List<Event> events = Events.ofReport(contract, input, verdicts, revision);
    LatestStatuses latest =
        ofReports.computeIfAbsent(
            new Scope(contract.id(), input.application()), s -> new LatestStatuses());
    List<Verdict> changed = latest.take(verdicts);
    if (changed.isEmpty()) {
      return events.isEmpty() ? Changes.NONE : new Changes(events, Map.of());
    }
    Map<String, Status> statuses = new LinkedHashMap<>();
    for (Verdict verdict : changed) {
      Status status = status(contract, input, verdict, PromiseState.KEPT, revision);
      statuses.put(status.key(), status);
    }
    return new Changes(events, statuses);
  }

  /**
   * The number of open violations, over all applications and instances. Labels that had one stay,
   * with 0.
   */
  public Map<Labels, Integer> openCounts() {
    return Map.copyOf(counts);
  }

  private void put(Scope scope, PromiseKey promise, PromiseState state) {
    Map<PromiseKey, PromiseState> states = scopes.computeIfAbsent(scope, s -> new TreeMap<>());
    PromiseState before =
        state.equals(PromiseState.KEPT) ? states.remove(promise) : states.put(promise, state);
    if (states.isEmpty()) {
      scopes.remove(scope);
    }
    if (before != null && before.open()) {
      counts.merge(Labels.of(scope, promise, before), -1, Integer::sum);
    }
    if (state.open()) {
      counts.merge(Labels.of(scope, promise, state), 1, Integer::sum);
    }
  }

  private Status status(
      Contract contract,
      EvaluationInput input,
      Verdict verdict,
      PromiseState state,
      String revision) {
    return new Status(
        Event.EvaluationRef.of(contract, input, revision),
        Event.StakeholderRef.of(verdict.promise().stakeholder(), contract),
        verdict,
        state,
        partition,
        fingerprint(contract),
        contract.application().equals(Contract.ANY_APPLICATION));
  }

  private String fingerprint(Contract contract) {
    return fingerprints.computeIfAbsent(
        contract.id(), id -> new EventId().with(contract.document().toString()).hex());
  }

  /** One window of one contract and application. */
  private final class Step {

    private final Contract contract;
    private final EvaluationInput input;
    private final String revision;
    private final Scope scope;
    private final Damping damping;
    private final Events.Maker maker;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Status> statuses = new LinkedHashMap<>();

    Step(Contract contract, EvaluationInput input, String revision) {
      this.contract = contract;
      this.input = input;
      this.revision = revision;
      this.scope = new Scope(contract.id(), input.application());
      this.damping =
          contract.schedule() instanceof Schedule.Tumbling tumbling
              ? tumbling.damping()
              : Damping.NONE;
      this.maker = new Events.Maker(contract, input, revision);
    }

    Changes take(List<Verdict> verdicts) {
      Map<PromiseKey, Verdict> worst = worst(verdicts);
      Map<PromiseKey, Event.Type> types = new HashMap<>();
      Map<PromiseKey, PromiseState> before = Map.copyOf(scopes.getOrDefault(scope, Map.of()));
      worst.forEach((promise, verdict) -> types.put(promise, move(promise, verdict)));
      for (Verdict verdict : verdicts) {
        PromiseKey promise = verdict.promise().key();
        add(verdict, types.get(promise), before.getOrDefault(promise, PromiseState.KEPT));
        types.remove(promise, Event.Type.RESOLVED); // one event of several verdicts
      }
      if (input.summary().reports() > 0) {
        keepUnmentioned(worst);
      }
      return new Changes(events, statuses);
    }

    private Event.Type move(PromiseKey promise, Verdict verdict) {
      PromiseState.Step step = state(promise).after(verdict, input.window().start(), damping);
      settle(promise, verdict, step.state());
      return step.event();
    }

    private PromiseState state(PromiseKey promise) {
      return scopes.getOrDefault(scope, Map.of()).getOrDefault(promise, PromiseState.KEPT);
    }

    private void settle(PromiseKey promise, Verdict verdict, PromiseState state) {
      put(scope, promise, state);
      Status status = status(contract, input, verdict, state, revision);
      statuses.put(status.key(), status);
    }

    private void add(Verdict verdict, Event.Type type, PromiseState before) {
      if (verdict.kind() == Verdict.Kind.UNDETERMINED) {
        events.add(maker.event(Event.Type.UNDETERMINED, verdict, null));
      } else if (type == Event.Type.RESOLVED) {
        Verdict resolved = Resolutions.of(before.violated().promise(), verdict);
        events.add(maker.event(type, resolved, before.since()));
      } else if (verdict.kind() == Verdict.Kind.VIOLATED && type != null) {
        events.add(maker.event(type, verdict, state(verdict.promise().key()).since()));
      }
    }

    private void keepUnmentioned(Map<PromiseKey, Verdict> mentioned) {
      for (Map.Entry<PromiseKey, PromiseState> entry :
          List.copyOf(scopes.getOrDefault(scope, Map.of()).entrySet())) {
        PromiseKey promise = entry.getKey();
        if (mentioned.containsKey(promise)) {
          continue;
        }
        PromiseState before = entry.getValue();
        PromiseState.Step step = before.met(damping);
        Verdict kept = Resolutions.unmentioned(before.violated());
        settle(promise, kept, step.state());
        if (step.event() == Event.Type.RESOLVED) {
          events.add(maker.event(step.event(), kept, before.since()));
        }
      }
    }

    private static Map<PromiseKey, Verdict> worst(List<Verdict> verdicts) {
      Map<PromiseKey, Verdict> worst = new LinkedHashMap<>();
      for (Verdict verdict : verdicts) {
        worst.merge(verdict.promise().key(), verdict, (a, b) -> badness(a) >= badness(b) ? a : b);
      }
      return worst;
    }

    private static int badness(Verdict verdict) {
      return switch (verdict.kind()) {
        case MET -> 0;
        case UNDETERMINED -> 1;
        case VIOLATED -> 2;
      };
    }
  }
}
