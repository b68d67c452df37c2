package qoa.core.evaluate.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.policies.PolicySet;

/**
 * Evaluates by the plan, but asks OPA for the packages that need, themselves or in others, a
 * builtin that the plan does not have. OPA is started when a contract names such a package, and
 * stays then. Any thread may evaluate; revisions are prepared by one thread at a time.
 */
public final class PlanOrOpaEvaluator implements PolicyEvaluator {

  private final PlanEvaluator plan;
  private final Starter starter;
  private volatile PolicyEvaluator opa;
  private volatile Set<String> asked = Set.of();

  /** Starts the evaluator that has every builtin. */
  public interface Starter {
    PolicyEvaluator start()
        throws ProblemsException, EvaluatorUnavailableException, InterruptedException;
  }

  /**
   * @param plan closed with this one
   * @param starter called once at most
   */
  public PlanOrOpaEvaluator(PlanEvaluator plan, Starter starter) {
    this.plan = plan;
    this.starter = starter;
  }

  @Override
  public void prepare(Revision revision)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    stage(revision).use();
  }

  @Override
  public Staged stage(Revision revision)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    PlanEvaluator.Compiled compiled = compile(revision.policies());
    Set<String> beyond = new TreeSet<>();
    revision.contracts().contracts().forEach(contract -> beyond.add(contract.policy()));
    beyond.removeAll(compiled.policies().packages());
    if (!beyond.isEmpty() && opa == null) {
      opa = starter.start();
    }
    Staged staged = plan.stage(compiled, revision.contracts());
    return () -> {
      if (!beyond.isEmpty()) {
        opa.prepare(revision);
      }
      staged.use(); // last, for nothing fails after it
      asked = Set.copyOf(beyond);
    };
  }

  private PlanEvaluator.Compiled compile(PolicySet policies) throws ProblemsException {
    try {
      return plan.compile(policies);
    } catch (ProblemsException e) {
      PolicySet within = OpaBuild.withinProfile(policies);
      if (within.equals(policies)) {
        throw e; // it was something else
      }
      return plan.compile(within);
    }
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch)
      throws EvaluatorUnavailableException, InterruptedException {
    return evaluate(batch, Long.MAX_VALUE);
  }

  /** OPA and the plan each have the time for themselves. */
  @Override
  public List<Outcome> evaluate(List<Evaluation> batch, long nanos)
      throws EvaluatorUnavailableException, InterruptedException {
    List<Evaluation> here = new ArrayList<>();
    List<Evaluation> there = new ArrayList<>();
    for (Evaluation evaluation : batch) {
      (isAsked(evaluation) ? there : here).add(evaluation);
    }
    // OPA first: where it is away, the batch comes again, and the plan has not worked in vain.
    Iterator<Outcome> answers =
        (there.isEmpty() ? List.<Outcome>of() : opa.evaluate(there, nanos)).iterator();
    Iterator<Outcome> own = plan.evaluate(here, nanos).iterator();
    List<Outcome> outcomes = new ArrayList<>(batch.size());
    for (Evaluation evaluation : batch) {
      outcomes.add((isAsked(evaluation) ? answers : own).next());
    }
    return outcomes;
  }

  private boolean isAsked(Evaluation evaluation) {
    return asked.contains(evaluation.contract().policy());
  }

  @Override
  public Optional<String> trouble() {
    return asked.isEmpty() ? Optional.empty() : opa.trouble();
  }

  @Override
  public void close() {
    plan.close();
    if (opa != null) {
      opa.close();
    }
  }
}
