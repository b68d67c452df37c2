package qoa.engine.pipeline;

import java.nio.file.Path;
import java.time.Clock;
import qoa.engine.config.EngineConfig;
import qoa.engine.config.Evaluator;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.opa.OpaEvaluator;
import qoa.engine.evaluate.plan.PlanEvaluator;
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
    if (config.evaluator() == Evaluator.PLAN) {
      return new PlanEvaluator(config.opa().timeout(), Clock.systemUTC());
    }
    Path binary = config.opa().url() == null ? OpaBinary.locate().path() : null;
    try {
      return OpaEvaluator.create(config.opa(), binary);
    } catch (EvaluatorUnavailableException e) {
      throw new CannotRunException(e);
    }
  }
}
