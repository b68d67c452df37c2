package qoa.engine.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import qoa.engine.contracts.Contract;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.Verdict;

/**
 * Tells when violations of window contracts open, continue and resolve. What is open is all its
 * state, so the same evaluations in the same order give the same events. Called by the pipeline's
 * one thread, with the windows of a contract and an application in order of time.
 *
 * <table>
 * <caption>Rules for one promise and one window; the first that fits</caption>
 * <tr><th>the policy says</th><th>not open</th><th>open</th></tr>
 * <tr><td>violated</td><td>{@code opened}</td><td>{@code continued}</td></tr>
 * <tr><td>undetermined</td><td>{@code undetermined}</td><td>{@code undetermined}; stays open</td></tr>
 * <tr><td>met</td><td>no event</td><td>{@code resolved}</td></tr>
 * <tr><td>nothing, reports above 0</td><td>no event</td><td>{@code resolved}</td></tr>
 * <tr><td>nothing, no report</td><td>no event</td><td>no event; stays open</td></tr>
 * </table>
 *
 * <p>The row "nothing" is for policies that only know {@code violation}. An evaluation that failed
 * or is undefined says nothing about any promise: it is not given to this class, so whatever is
 * open stays so.
 */
public final class Lifecycle {

  /** Whose open violations are counted; {@code stakeholder} is null where the policy names none. */
  public record Party(String contract, String stakeholder) {}

  private record Scope(String contract, String application) {}

  private record Promise(String name, String stakeholder, String stage, String instance) {

    static final Comparator<Promise> ORDER =
        Comparator.comparing(Promise::name)
            .thenComparing(Promise::stakeholder, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Promise::stage, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Promise::instance, Comparator.nullsFirst(Comparator.naturalOrder()));

    static Promise of(Verdict verdict) {
      return new Promise(
          verdict.name(), verdict.stakeholder(), verdict.stage(), verdict.instance());
    }
  }

  /** A violation that lasts: since when, and what was last said of it. */
  private record Open(long since, Verdict verdict) {}

  private final Map<Scope, Map<Promise, Open>> scopes = new HashMap<>();
  private final Map<Party, Integer> counts = new HashMap<>();

  /**
   * Takes what a policy said about one window.
   *
   * @param contract the contract that was judged
   * @param input what its policy looked at; not late
   * @param verdicts what it said; all about one promise count, the worst decides its state
   * @param revision who judged; the id of policies and contracts as one
   * @return the events in the order of the verdicts, then those that resolve without a verdict, in
   *     order of their names
   */
  public List<Event> apply(
      Contract contract, EvaluationInput input, List<Verdict> verdicts, String revision) {
    Scope scope = new Scope(contract.id(), input.application());
    Map<Promise, Open> open = scopes.computeIfAbsent(scope, s -> new TreeMap<>(Promise.ORDER));
    Step step = new Step(contract, input, open, revision, worst(verdicts));
    verdicts.forEach(step::take);
    if (input.reports() > 0) {
      step.resolveUnmentioned();
    }
    if (open.isEmpty()) {
      scopes.remove(scope);
    }
    return step.events;
  }

  /**
   * How many violations are open, by contract and stakeholder, over all applications. A party that
   * ever had one stays, with 0.
   */
  public Map<Party, Integer> openCounts() {
    return Map.copyOf(counts);
  }

  private static Map<Promise, Verdict.Kind> worst(List<Verdict> verdicts) {
    Map<Promise, Verdict.Kind> worst = new HashMap<>();
    for (Verdict verdict : verdicts) {
      worst.merge(Promise.of(verdict), verdict.kind(), (a, b) -> badness(a) >= badness(b) ? a : b);
    }
    return worst;
  }

  private static int badness(Verdict.Kind kind) {
    return switch (kind) {
      case MET -> 0;
      case UNDETERMINED -> 1;
      case VIOLATED -> 2;
    };
  }

  /** One evaluation. */
  private final class Step {

    private final Events.Maker maker;
    private final Contract contract;
    private final EvaluationInput input;
    private final Map<Promise, Open> open;
    private final Map<Promise, Verdict.Kind> worst;
    private final Set<Promise> openedNow = new HashSet<>();
    private final List<Event> events = new ArrayList<>();

    Step(
        Contract contract,
        EvaluationInput input,
        Map<Promise, Open> open,
        String revision,
        Map<Promise, Verdict.Kind> worst) {
      this.maker = new Events.Maker(contract, input, revision);
      this.contract = contract;
      this.input = input;
      this.open = open;
      this.worst = worst;
    }

    void take(Verdict verdict) {
      switch (verdict.kind()) {
        case VIOLATED -> violated(Promise.of(verdict), verdict);
        case UNDETERMINED -> events.add(maker.event(Event.Type.UNDETERMINED, verdict, null));
        case MET -> {
          Promise promise = Promise.of(verdict);
          if (worst.get(promise) == Verdict.Kind.MET && open.containsKey(promise)) {
            resolve(promise, verdict);
          }
        }
      }
    }

    private void violated(Promise promise, Verdict verdict) {
      Open before = open.get(promise);
      if (before == null) {
        openedNow.add(promise);
        counts.merge(new Party(contract.id(), verdict.stakeholder()), 1, Integer::sum);
      }
      Event.Type type = openedNow.contains(promise) ? Event.Type.OPENED : Event.Type.CONTINUED;
      long since = before == null ? input.window().start() : before.since();
      open.put(promise, new Open(since, verdict));
      events.add(maker.event(type, verdict, since));
    }

    void resolveUnmentioned() {
      for (Promise promise : List.copyOf(open.keySet())) {
        if (!worst.containsKey(promise)) {
          resolve(promise, null);
        }
      }
    }

    private void resolve(Promise promise, Verdict met) {
      Open ended = open.remove(promise);
      counts.merge(new Party(contract.id(), promise.stakeholder()), -1, Integer::sum);
      events.add(maker.event(Event.Type.RESOLVED, resolution(ended.verdict(), met), ended.since()));
    }
  }

  /** What the policy says now, completed by what it said of the violation. */
  private static Verdict resolution(Verdict violated, Verdict met) {
    if (met == null) {
      String message =
          violated.constraint() == null ? violated.message() : "no longer reported as violated";
      return new Verdict(
          Verdict.Kind.MET,
          violated.stakeholder(),
          violated.consumers(),
          violated.constraint(),
          violated.stage(),
          violated.instance(),
          violated.metric(),
          violated.aggregate(),
          null,
          violated.expected(),
          violated.severity(),
          message);
    }
    return new Verdict(
        Verdict.Kind.MET,
        met.stakeholder(),
        first(met.consumers(), violated.consumers()),
        met.constraint(),
        met.stage(),
        met.instance(),
        first(met.metric(), violated.metric()),
        first(met.aggregate(), violated.aggregate()),
        met.observed(),
        first(met.expected(), violated.expected()),
        first(met.severity(), violated.severity()),
        met.message());
  }

  private static <T> T first(T one, T other) {
    return one != null ? one : other;
  }
}
