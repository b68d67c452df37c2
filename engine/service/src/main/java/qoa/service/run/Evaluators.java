package qoa.service.run;

import java.time.Clock;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.engine.RevisionFiles;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.evaluate.opa.OpaEvaluator;
import qoa.core.evaluate.plan.PlanEvaluator;
import qoa.core.evaluate.plan.PlanOrOpaEvaluator;
import qoa.core.policies.OpaBinary;
import qoa.core.settings.EvaluationConfig;
import qoa.core.settings.OpaConfig;
import qoa.rego.budget.Limits;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;

/** Makes the evaluator that the settings ask for. */
public final class Evaluators {

  private Evaluators() {}

  /**
   * Reads contracts and policies, and checks that the evaluator has what the policies need: an OPA
   * server takes all that OPA compiles, but the plan leaves some builtins out.
   *
   * @throws ProblemsException with every mistake
   */
  public static Revision checkedRevision(EngineConfig config)
      throws ProblemsException, InterruptedException {
    Revision revision =
        new RevisionFiles(config.judging().contracts(), config.judging().policies()).read();
    if (config.judging().evaluator() == Evaluator.PLAN) {
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
    return switch (config.judging().evaluator()) {
      case PLAN -> plan;
      case PLAN_OR_OPA -> new PlanOrOpaEvaluator(plan, () -> opa(config.judging().opa()));
      case OPA -> {
        try {
          yield opa(config.judging().opa());
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
