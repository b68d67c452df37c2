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
import qoa.core.model.Verdict;

/**
 * Tells when violations open, continue and resolve, and keeps the current verdict of each promise,
 * for the applications whose reports are read from one home. {@link PromiseState} has the rules.
 * The same evaluations in the same order give the same events. Called by the engine's one thread,
 * with the windows of a contract and an application in order of time.
 *
 * <p>All that a policy says of one promise in one window counts, and the worst decides its state. A
 * promise that it does not mention was kept, where there were reports: so it is with policies that
 * only know {@code violation}. An evaluation that failed or is undefined says nothing about any
 * promise: it is not given to this class, so whatever is open stays so.
 */
public final class Lifecycle {

  /** What open violations are counted by; all but the first and the third may be null. */
  public record Party(
      String contract, String stakeholder, String constraint, String stage, String severity) {

    private static Party of(Scope scope, Promise promise, PromiseState state) {
      Verdict violated = state.violated();
      return new Party(
          scope.contract(),
          promise.stakeholder(),
          promise.name(),
          promise.stage(),
          violated == null ? null : violated.severity());
    }
  }

  private record Scope(String contract, String application) {}

  private final Partition home;
  private final Map<Scope, Map<Promise, PromiseState>> scopes = new HashMap<>();
  private final Map<Scope, LatestStatuses> saidOfReports = new HashMap<>();
  private final Map<Party, Integer> counts = new HashMap<>();
  private final Map<String, String> fingerprints = new HashMap<>();

  /**
   * @param home where the applications' reports are read from
   */
  public Lifecycle(Partition home) {
    this.home = home;
  }

  /**
   * Goes on with what was left by whoever read this home before. What was said of a contract that
   * is not there any more, or is another one by now, ends here.
   *
   * @param left the statuses of this home
   * @param contracts those in force
   * @param revision the id of policies and contracts as one
   * @return {@code resolved} events of contracts that were changed or removed
   */
  public Changes restore(List<Status> left, ContractSet contracts, String revision) {
    List<Event> events = new ArrayList<>();
    Map<String, Status> statuses = new LinkedHashMap<>();
    for (Status status : left) {
      Contract contract = contracts.find(status.contract().id()).orElse(null);
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
   * Goes on with promises of an application that moved here from another home, as {@link #restore}
   * does, and says where they are now.
   */
  public Changes adopt(List<Status> left, ContractSet contracts, String revision) {
    Changes changes = restore(left, contracts, revision);
    Map<String, Status> statuses = new LinkedHashMap<>(changes.statuses());
    for (Status status : left) {
      if (!changes.statuses().containsKey(status.key())) {
        statuses.put(status.key(), status.at(home));
      }
    }
    return new Changes(changes.events(), statuses);
  }

  private void goOn(Contract contract, Status status) {
    Scope scope = new Scope(contract.id(), status.application());
    if (contract.schedule() instanceof Schedule.EachReport) {
      saidOfReports.computeIfAbsent(scope, s -> new LatestStatuses()).restore(status);
    } else {
      put(scope, status.promise(), status.state());
    }
  }

  /**
   * Takes what a policy said about one window.
   *
   * @param contract the contract that was judged
   * @param input what its policy looked at; not late
   * @param verdicts what it said
   * @param revision who judged; the id of policies and contracts as one
   * @return the events in the order of the verdicts, then those that resolve without a verdict, in
   *     order of their names; the status of each promise mentioned or resolved
   */
  public Changes window(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    return new Step(contract, input, revision).take(verdicts);
  }

  /**
   * Takes what a policy said about one report.
   *
   * @param contract one that judges each report
   * @param input what its policy looked at
   * @param verdicts what it said
   * @param revision who judged; the id of policies and contracts as one
   * @return the events, and the status of each promise whose verdict is another than for the report
   *     before
   */
  public Changes report(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    List<Event> events = Events.ofReport(contract, input, verdicts, revision);
    LatestStatuses said =
        saidOfReports.computeIfAbsent(
            new Scope(contract.id(), input.application()), s -> new LatestStatuses());
    List<Verdict> changed = said.take(verdicts);
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
   * How many violations are open, over all applications and instances. What ever had one stays,
   * with 0.
   */
  public Map<Party, Integer> openCounts() {
    return Map.copyOf(counts);
  }

  private void put(Scope scope, Promise promise, PromiseState state) {
    Map<Promise, PromiseState> states =
        scopes.computeIfAbsent(scope, s -> new TreeMap<>(Promise.ORDER));
    PromiseState before =
        state.equals(PromiseState.KEPT) ? states.remove(promise) : states.put(promise, state);
    if (states.isEmpty()) {
      scopes.remove(scope);
    }
    if (before != null && before.open()) {
      counts.merge(Party.of(scope, promise, before), -1, Integer::sum);
    }
    if (state.open()) {
      counts.merge(Party.of(scope, promise, state), 1, Integer::sum);
    }
  }

  private Status status(
      Contract contract,
      EvaluationInput input,
      Verdict verdict,
      PromiseState state,
      String revision) {
    String stakeholder = verdict.stakeholder();
    return new Status(
        new Event.ContractRef(contract.id(), contract.version()),
        contract.application().equals(Contract.ANY_APPLICATION),
        input.application(),
        stakeholder == null
            ? null
            : new Event.StakeholderRef(stakeholder, contract.rolesOf(stakeholder)),
        verdict,
        state,
        input.window(),
        input.reports(),
        new Event.PolicyRef(contract.policy(), revision),
        home,
        fingerprint(contract));
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
      Map<Promise, Verdict> worst = worst(verdicts);
      Map<Promise, Event.Type> types = new HashMap<>();
      Map<Promise, PromiseState> before = Map.copyOf(scopes.getOrDefault(scope, Map.of()));
      worst.forEach((promise, said) -> types.put(promise, move(promise, said)));
      for (Verdict verdict : verdicts) {
        Promise promise = Promise.of(verdict);
        add(verdict, types.get(promise), before.getOrDefault(promise, PromiseState.KEPT));
        types.remove(promise, Event.Type.RESOLVED); // it is said once
      }
      if (input.reports() > 0) {
        keepUnmentioned(worst);
      }
      return new Changes(events, statuses);
    }

    private Event.Type move(Promise promise, Verdict said) {
      PromiseState.Step step = state(promise).after(said, input.window().start(), damping);
      settle(promise, said, step.state());
      return step.event();
    }

    private PromiseState state(Promise promise) {
      return scopes.getOrDefault(scope, Map.of()).getOrDefault(promise, PromiseState.KEPT);
    }

    private void settle(Promise promise, Verdict said, PromiseState state) {
      put(scope, promise, state);
      Status status = status(contract, input, said, state, revision);
      statuses.put(status.key(), status);
    }

    private void add(Verdict verdict, Event.Type type, PromiseState before) {
      if (verdict.kind() == Verdict.Kind.UNDETERMINED) {
        events.add(maker.event(Event.Type.UNDETERMINED, verdict, null));
      } else if (type == Event.Type.RESOLVED) {
        events.add(maker.event(type, Resolutions.of(before.violated(), verdict), before.since()));
      } else if (verdict.kind() == Verdict.Kind.VIOLATED && type != null) {
        events.add(maker.event(type, verdict, state(Promise.of(verdict)).since()));
      }
    }

    private void keepUnmentioned(Map<Promise, Verdict> mentioned) {
      for (Map.Entry<Promise, PromiseState> entry :
          List.copyOf(scopes.getOrDefault(scope, Map.of()).entrySet())) {
        Promise promise = entry.getKey();
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

    private static Map<Promise, Verdict> worst(List<Verdict> verdicts) {
      Map<Promise, Verdict> worst = new LinkedHashMap<>();
      for (Verdict verdict : verdicts) {
        worst.merge(Promise.of(verdict), verdict, (a, b) -> badness(a) >= badness(b) ? a : b);
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
