package qoa.engine.pipeline;

import java.util.function.LongConsumer;
import qoa.engine.config.EngineConfig;
import qoa.engine.emit.Sink;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.ingest.ReportSource;
import qoa.engine.model.ProblemsException;

/** A dry run with what the settings ask for. */
public final class ConfiguredDryRun {

  private ConfiguredDryRun() {}

  /**
   * Reads contracts and policies, and runs to the end of the source; as {@link DryRun#run}.
   *
   * @throws ProblemsException where contracts or policies cannot be used
   */
  public static DryRun.Result run(
      EngineConfig config, ReportSource source, Sink sink, long now, LongConsumer progress)
      throws ProblemsException, CannotRunException, InterruptedException {
    Revision revision = Revisions.load(config.contracts(), config.policies());
    try (PolicyEvaluator evaluator = Evaluators.create(config)) {
      evaluator.prepare(revision);
      return new DryRun(revision, evaluator, config.limits(), config.idleTimeout())
          .run(source, sink, now, progress);
    } catch (EvaluatorUnavailableException e) {
      throw new CannotRunException(e);
    }
  }
}
