package qoa.service.run;

import java.util.function.LongConsumer;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.engine.DryRun;
import qoa.core.engine.RevisionFiles;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.read.RecordedSource;
import qoa.core.sink.Sink;
import qoa.service.config.EngineConfig;

/** A dry run with what the settings ask for. */
public final class ConfiguredDryRun {

  private ConfiguredDryRun() {}

  /**
   * Reads contracts and policies, and runs to the end of the source; as {@link DryRun#run}.
   *
   * @throws ProblemsException where contracts or policies cannot be used
   */
  public static DryRun.Result run(
      EngineConfig config, RecordedSource source, Sink sink, long now, LongConsumer progress)
      throws ProblemsException, CannotRunException, InterruptedException {
    Revision revision =
        new RevisionFiles(config.judging().contracts(), config.judging().policies()).read();
    try (PolicyEvaluator evaluator = Evaluators.create(config)) {
      evaluator.prepare(revision);
      return new DryRun(revision, evaluator, config.limits(), config.processing().idleTimeout())
          .run(source, sink, now, progress);
    } catch (EvaluatorUnavailableException e) {
      throw new CannotRunException(e);
    }
  }
}
