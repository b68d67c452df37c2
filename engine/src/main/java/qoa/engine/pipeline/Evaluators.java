package qoa.engine.pipeline;

import java.time.Clock;
import qoa.engine.config.EngineConfig;
import qoa.engine.config.EvaluationConfig;
import qoa.engine.config.OpaConfig;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.opa.OpaEvaluator;
import qoa.engine.evaluate.plan.Limits;
import qoa.engine.evaluate.plan.PlanEvaluator;
import qoa.engine.evaluate.plan.PlanOrOpaEvaluator;
import qoa.engine.model.ProblemsException;
import qoa.engine.policies.OpaBinary;

/** Makes the evaluator that the settings ask for. */
final class Evaluators {

  private Evaluators() {}

  /**
   * Makes an evaluator, and starts what it needs.
   *
   * @throws ProblemsException where the settings ask for what is not there
   * @throws CannotRunException where an OPA of our own does not start
   */
  static PolicyEvaluator create(EngineConfig config)
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

  static PlanEvaluator plan(EngineConfig config) {
    EvaluationConfig limits = config.limits().evaluation();
    return new PlanEvaluator(
        new Limits(limits.steps(), limits.memory(), limits.time()), Clock.systemUTC());
  }

  private static OpaEvaluator opa(OpaConfig config)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    return OpaEvaluator.create(config, config.url() == null ? OpaBinary.locate().path() : null);
  }
}
