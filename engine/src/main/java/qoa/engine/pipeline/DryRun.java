package qoa.engine.pipeline;

import java.util.List;
import java.util.function.LongConsumer;
import qoa.engine.config.EngineConfig;
import qoa.engine.emit.Sink;
import qoa.engine.emit.Summary;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.ingest.ReportSource;
import qoa.engine.model.Incoming;
import qoa.engine.model.ProblemsException;
import qoa.engine.ops.EngineMetrics;

/** The same pipeline fed from a file: it ends with the file, and then closes the open windows. */
public final class DryRun {

  private DryRun() {}

  /**
   * What a dry run came to.
   *
   * @param revision what was judged by
   * @param summary in counts
   * @param reports what is to be told of the reports
   */
  public record Result(Revision revision, Summary summary, RecordedReports reports) {}

  /**
   * Runs to the end of the source.
   *
   * @param sink gets what a service would send
   * @param now the wall clock, which stands still during the run, in milliseconds since the epoch
   * @param progress told how many messages were read so far, after each batch
   * @throws ProblemsException where contracts or policies cannot be used
   * @throws CannotRunException where the evaluator is away: a dry run does not wait; or where a
   *     report has no time
   */
  public static Result run(
      EngineConfig config, ReportSource source, Sink sink, long now, LongConsumer progress)
      throws ProblemsException, CannotRunException, InterruptedException {
    Revision revision = Revisions.load(config.contracts(), config.policies());
    try (PolicyEvaluator evaluator = Evaluators.create(config)) {
      evaluator.prepare(revision);
      EngineMetrics metrics = new EngineMetrics(config.limits().series());
      Engine.Settings settings = new Engine.Settings(config.idleTimeout().toMillis(), null);
      RecordedReports reports = new RecordedReports(config.limits());
      Engine engine = new Engine(revision, settings, reports, evaluator, sink, metrics);
      feed(source, engine, now, progress);
      return new Result(revision, engine.summary(), reports);
    } catch (EvaluatorUnavailableException | RecordedReports.NoTimeException e) {
      throw new CannotRunException(e);
    }
  }

  private static void feed(ReportSource source, Engine engine, long now, LongConsumer progress)
      throws EvaluatorUnavailableException, InterruptedException {
    long read = 0;
    while (!source.isExhausted()) {
      List<Incoming> batch = source.poll(0);
      for (Incoming message : batch) {
        engine.take(message, now);
      }
      engine.judge();
      engine.commit(now);
      read += batch.size();
      progress.accept(read);
    }
    engine.finish();
    engine.judge();
    engine.commit(now);
  }
}
