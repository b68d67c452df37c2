package qoa.engine.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import qoa.engine.contracts.Contract;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.evaluate.Outcome;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.evaluate.Verdicts;
import qoa.engine.evaluate.plan.value.JsonValues;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;
import qoa.engine.model.ProblemsException;
import qoa.engine.policies.OpaBinary;

/**
 * Evaluates policies in this process: OPA compiles them to a plan when a revision is prepared, and
 * has no part in the evaluations.
 */
public final class PlanEvaluator implements PolicyEvaluator {

  private static final RegoString RESULT = RegoString.of("result");
  private static final String ALL = "*";

  private final OpaBinary opa;
  private final Limits limits;
  private final Clock clock;
  private Prepared prepared;

  /** A package's entrypoint, and how its input is made. */
  private record Entry(String name, PlanInput input) {}

  private record Prepared(
      PreparedPlan plan,
      RegoValue data,
      Map<String, Entry> entries,
      Map<String, SharedResults> shared) {

    Prepared(PreparedPlan plan, RegoValue data, Map<String, Entry> entries) {
      this(plan, data, entries, new ConcurrentHashMap<>());
    }

    /** What the evaluations of a contract have in common. */
    SharedResults sharedBy(String contract) {
      return shared.computeIfAbsent(contract, c -> plan.shared());
    }
  }

  /**
   * @param opa compiles policies
   * @param timeout an evaluation that takes longer fails
   * @param clock what {@code time.now_ns} gives, looked at once a batch
   */
  public PlanEvaluator(OpaBinary opa, Duration timeout, Clock clock) {
    this.opa = opa;
    this.limits = new Limits(Limits.DEFAULT.steps(), timeout);
    this.clock = clock;
  }

  @Override
  public void prepare(Revision revision) throws ProblemsException {
    Set<String> used = new TreeSet<>();
    RegoObject.Builder contracts = RegoObject.builder();
    for (Contract contract : revision.contracts().contracts()) {
      used.add(contract.policy());
      contracts.put(contract.id(), JsonValues.fromJson(contract.document()));
    }
    List<String> packages = List.copyOf(used);
    try (OpaBuild build = new OpaBuild(opa)) {
      PreparedPlan plan = PreparedPlan.of(build.plan(revision.policies(), packages));
      JsonNode visible = build.visible(revision.policies());
      Map<String, Entry> entries = new HashMap<>();
      for (int i = 0; i < packages.size(); i++) {
        PlanInput input = new PlanInput(keys(visible.path(packages.get(i))));
        entries.put(packages.get(i), new Entry(OpaBuild.entrypoint(i), input));
      }
      RegoValue data = RegoObject.builder().put("contracts", contracts.build()).build();
      prepared = new Prepared(plan, data, Map.copyOf(entries));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile policies in a temporary folder", e);
    }
  }

  private static Set<String> keys(JsonNode visible) {
    Set<String> keys = new HashSet<>();
    visible.forEach(key -> keys.add(key.textValue()));
    return visible.isMissingNode() || keys.contains(ALL) ? null : keys;
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch) {
    EvaluationOptions options =
        EvaluationOptions.at(TimeUnit.MILLISECONDS.toNanos(clock.millis())).withLimits(limits);
    List<Outcome> outcomes = new ArrayList<>(batch.size());
    for (Evaluation evaluation : batch) {
      outcomes.add(evaluate(evaluation, options));
    }
    return outcomes;
  }

  private Outcome evaluate(Evaluation evaluation, EvaluationOptions options) {
    String policy = evaluation.contract().policy();
    Entry entry = prepared.entries().get(policy);
    try {
      RegoValue input = entry.input().of(evaluation.input());
      SharedResults shared = prepared.sharedBy(evaluation.input().contract());
      RegoSet results =
          prepared.plan().evaluate(entry.name(), input, prepared.data(), options, shared);
      RegoArray answer = (RegoArray) results.at(0).get(RESULT);
      return Verdicts.outcome(
          policy, rule(answer.get(0)), rule(answer.get(1)), rule(answer.get(2)));
    } catch (PlanException e) {
      return new Outcome.Failed(e.code() + ": " + OpaBuild.authorsPlaces(e.getMessage()));
    }
  }

  /** A rule's value, in an array of its own; the array is empty where the rule is undefined. */
  private static JsonNode rule(RegoValue held) {
    RegoArray array = (RegoArray) held;
    return array.size() == 0 ? null : JsonValues.toJson(array.get(0));
  }

  @Override
  public void close() {}
}
