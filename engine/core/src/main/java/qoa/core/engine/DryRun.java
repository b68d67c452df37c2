package qoa.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.model.Incoming;
import qoa.core.read.RecordedSource;
import qoa.core.settings.LimitsConfig;
import qoa.core.sink.Sink;
import qoa.core.sink.Summary;

/** The same engine fed from a file: it ends with the file, and then closes the open windows. */
public final class DryRun {

  private final Revision revision;
  private final PolicyEvaluator evaluator;
  private final LimitsConfig limits;
  private final Duration idleTimeout;

  /**
   * @param evaluator prepared with the revision
   * @param idleTimeout after how long a silent partition no longer holds windows open
   */
  public DryRun(
      Revision revision, PolicyEvaluator evaluator, LimitsConfig limits, Duration idleTimeout) {
    this.revision = revision;
    this.evaluator = evaluator;
    this.limits = limits;
    this.idleTimeout = idleTimeout;
  }

  /**
   * The result of a dry run.
   *
   * @param revision the contracts and policies that judged
   * @param summary the counts
   * @param reports notes about the reports
   */
  public record Result(Revision revision, Summary summary, RecordedReports reports) {}

  /**
   * Runs to the end of the source.
   *
   * @param sink gets what a service would send
   * @param now the wall clock, which stands still during the run, in milliseconds since the epoch
   * @param progress told how many messages were read so far, after each batch
   * @throws CannotRunException where the evaluator is unavailable: a dry run does not wait; or
   *     where a report has no time
   */
  public Result run(RecordedSource source, Sink sink, long now, LongConsumer progress)
      throws CannotRunException, InterruptedException {
    RecordedReports reports = new RecordedReports(limits);
    Engine.Settings settings = new Engine.Settings(idleTimeout.toMillis(), null);
    Engine engine = new Engine(revision, settings, reports, evaluator, sink);
    try {
      feed(source, engine, now, progress);
    } catch (EvaluatorUnavailableException | RecordedReports.NoTimeException e) {
      throw new CannotRunException(e);
    }
    return new Result(revision, engine.summary(), reports);
  }

  private static void feed(RecordedSource source, Engine engine, long now, LongConsumer progress)
      throws EvaluatorUnavailableException, InterruptedException {
    long read = 0;
    while (!source.isExhausted()) {
      List<Incoming> batch = source.poll(0);
      for (Incoming message : batch) {
        engine.take(message, now);
      }
      judge(engine, now);
      read += batch.size();
      progress.accept(read);
    }
    engine.finish();
    judge(engine, now);
  }

  private static void judge(Engine engine, long now)
      throws EvaluatorUnavailableException, InterruptedException {
    engine.judge();
    engine.progress(now); // nothing is committed, but applications without windows are let go of
    engine.settle();
  }
}
