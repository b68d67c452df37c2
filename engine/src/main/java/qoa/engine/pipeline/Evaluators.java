package qoa.engine.pipeline;

import java.time.Clock;
import qoa.engine.config.EngineConfig;
import qoa.engine.config.EvaluationConfig;
import qoa.engine.config.Evaluator;
import qoa.engine.config.OpaConfig;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.evaluate.opa.OpaEvaluator;
import qoa.engine.evaluate.plan.Limits;
import qoa.engine.evaluate.plan.PlanEvaluator;
import qoa.engine.evaluate.plan.PlanOrOpaEvaluator;
import qoa.engine.model.ProblemsException;
import qoa.engine.policies.OpaBinary;

/** Makes the evaluator that the settings ask for. */
public final class Evaluators {

  private Evaluators() {}

  /**
   * Reads contracts and policies, and checks that the evaluator has what the policies need: an OPA
   * server takes all that OPA compiles, but the plan leaves some builtins out.
   *
   * @throws ProblemsException with every mistake
   */
  public static Revision checkedRevision(EngineConfig config) throws ProblemsException {
    Revision revision = Revisions.load(config.contracts(), config.policies());
    if (config.evaluator() == Evaluator.PLAN) {
      plan(config).prepare(revision);
    }
    return revision;
  }

  /**
   * Makes an evaluator, and starts what it needs.
   *
   * @throws ProblemsException where the settings ask for what is not there
   * @throws CannotRunException where an OPA of our own does not start
   */
  public static PolicyEvaluator create(EngineConfig config)
      throws ProblemsException, CannotRunException, InterruptedException {
    PlanEvaluator plan = plan(config);
    return switch (config.evaluator()) {
      case PLAN -> plan;
      case PLAN_OR_OPA -> new PlanOrOpaEvaluator(plan, () -> opa(config.opa()));
      case OPA -> {
        try {
          yield opa(config.opa());
        } catch (EvaluatorUnavailableException e) {
          throw new CannotRunException(e);
        }
      }
    };
  }

  private static PlanEvaluator plan(EngineConfig config) {
    EvaluationConfig limits = config.limits().evaluation();
    return new PlanEvaluator(
        new Limits(limits.steps(), limits.memory(), limits.time()), Clock.systemUTC());
  }

  private static OpaEvaluator opa(OpaConfig config)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    return OpaEvaluator.create(config, config.url() == null ? OpaBinary.locate().path() : null);
  }
}
