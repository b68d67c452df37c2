package qoa.core.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.evaluate.Verdicts;
import qoa.core.policies.PolicyBundle;
import qoa.core.policies.PolicySet;
import qoa.rego.EvaluationOptions;
import qoa.rego.PlanException;
import qoa.rego.PlanRun;
import qoa.rego.PreparedPlan;
import qoa.rego.SharedResults;
import qoa.rego.budget.Limits;
import qoa.rego.value.JsonValues;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/**
 * Evaluates policies in this process. OPA compiles them to a plan when a revision is prepared that
 * has other policies than the one before it and than those that ship, which were compiled
 * beforehand; it has no part in the evaluations.
 */
public final class PlanEvaluator implements PolicyEvaluator {

  private static final Verdicts<RegoValue> VERDICTS = new Verdicts<>();
  private static final RegoString RESULT = RegoString.of("result");
  private static final String ALL = "*";
  private static final String REDUCED =
      ", which is all that it may use after an evaluation that used up its limits";

  private final Limits limits;
  private final Limits reduced;
  private final Clock clock;
  private volatile Prepared prepared;

  /** A package's entrypoint, and how its input is made. */
  record Entry(String name, PlanInput input) {}

  /** Policies, compiled; the packages they were compiled for have an entry. */
  record Compiled(PolicySet policies, PreparedPlan plan, Map<String, Entry> entries) {}

  private record Prepared(
      Compiled compiled, RegoValue data, Map<String, SharedResults> shared, Penalties penalties) {

    Prepared(Compiled compiled, RegoValue data) {
      this(compiled, data, new ConcurrentHashMap<>(), new Penalties());
    }

    /** What the evaluations of a contract have in common. */
    SharedResults sharedBy(String contract) {
      return shared.computeIfAbsent(contract, c -> compiled.plan().shared());
    }
  }

  /**
   * @param limits an evaluation that needs more fails
   * @param clock what {@code time.now_ns} gives, looked at once a batch
   */
  public PlanEvaluator(Limits limits, Clock clock) {
    this.limits = limits;
    this.reduced = limits.reduced();
    this.clock = clock;
  }

  @Override
  public void prepare(Revision revision) throws ProblemsException {
    prepared = ready(compile(revision.policies()), revision.contracts());
  }

  @Override
  public Staged stage(Revision revision) throws ProblemsException {
    return stage(compile(revision.policies()), revision.contracts());
  }

  /** Compiled policies and contracts, to be those that {@link #evaluate} uses. */
  Staged stage(Compiled compiled, ContractSet contracts) {
    Prepared next = ready(compiled, contracts);
    return () -> prepared = next;
  }

  /**
   * Compiles policies.
   *
   * @throws ProblemsException where one needs a builtin that the profile leaves out; or where OPA
   *     is needed, and cannot be had
   */
  Compiled compile(PolicySet policies) throws ProblemsException {
    if (prepared != null && prepared.compiled().policies().equals(policies)) {
      return prepared.compiled();
    }
    if (policies.modules().isEmpty()) {
      return new Compiled(policies, null, Map.of()); // no contract can name a policy then
    }
    PolicyBundle bundle = OpaBuild.bundle(policies);
    Map<String, Entry> entries = new HashMap<>();
    int index = 0;
    for (String name : policies.packages()) {
      PlanInput input = new PlanInput(keys(bundle.visible().path(name)));
      entries.put(name, new Entry(OpaBuild.entrypoint(index++), input));
    }
    return new Compiled(policies, PreparedPlan.of(bundle.plan(), "contract"), Map.copyOf(entries));
  }

  private static Prepared ready(Compiled compiled, ContractSet contracts) {
    RegoObject.Builder documents = RegoObject.builder();
    for (Contract contract : contracts.contracts()) {
      documents.put(contract.id(), JsonValues.fromJson(contract.document()));
    }
    RegoValue data = RegoObject.builder().put("contracts", documents.build()).build();
    return new Prepared(compiled, data);
  }

  private static Set<String> keys(JsonNode visible) {
    Set<String> keys = new HashSet<>();
    visible.forEach(key -> keys.add(key.textValue()));
    return visible.isMissingNode() || keys.contains(ALL) ? null : keys;
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch) {
    return evaluate(batch, Long.MAX_VALUE);
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch, long nanos) {
    long start = System.nanoTime();
    EvaluationOptions options =
        EvaluationOptions.at(TimeUnit.MILLISECONDS.toNanos(clock.millis())).withLimits(limits);
    List<Outcome> outcomes = new ArrayList<>(batch.size());
    for (Evaluation evaluation : batch) {
      outcomes.add(evaluate(evaluation, options));
      if (System.nanoTime() - start >= nanos) {
        break;
      }
    }
    outcomes.addAll(Collections.nCopies(batch.size() - outcomes.size(), null));
    return outcomes;
  }

  private Outcome evaluate(Evaluation evaluation, EvaluationOptions options) {
    String contract = evaluation.input().contract();
    String application = evaluation.input().application();
    Penalties penalties = prepared.penalties();
    boolean isReduced = penalties.isServedBy(contract, application);
    try {
      Outcome outcome = answer(evaluation, isReduced ? options.withLimits(reduced) : options);
      if (!isReduced) {
        penalties.end(contract, application);
      }
      return outcome;
    } catch (RuntimeException | StackOverflowError e) {
      PlanException failure = PlanException.of(e);
      boolean isLimit = failure.code().equals(PlanException.LIMIT);
      if (!isReduced && isLimit) {
        penalties.add(contract, application);
      }
      String reason = failure.code() + ": " + OpaBuild.authorsPlaces(failure.getMessage());
      return new Outcome.Failed(isReduced && isLimit ? reason + REDUCED : reason);
    }
  }

  private Outcome answer(Evaluation evaluation, EvaluationOptions options) {
    String policy = evaluation.contract().policy();
    Entry entry = prepared.compiled().entries().get(policy);
    PreparedPlan plan = prepared.compiled().plan();
    PlanRun run = plan.begin(options, prepared.sharedBy(evaluation.input().contract()));
    RegoValue input = entry.input().of(evaluation.input(), run.budget());
    RegoSet results = run.evaluate(entry.name(), input, prepared.data());
    RegoArray answer = (RegoArray) results.at(0).get(RESULT);
    return VERDICTS.outcome(
        new RegoAnswers(run.budget()),
        policy,
        rule(answer.get(0)),
        rule(answer.get(1)),
        rule(answer.get(2)));
  }

  /** A rule's value, in an array of its own; the array is empty where the rule is undefined. */
  private static RegoValue rule(RegoValue held) {
    RegoArray array = (RegoArray) held;
    return array.size() == 0 ? null : array.get(0);
  }

  @Override
  public void close() {}
}
