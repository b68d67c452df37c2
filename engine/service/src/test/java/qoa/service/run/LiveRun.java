package qoa.service.run;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import qoa.core.decode.ReportDecoder;
import qoa.core.engine.Engine;
import qoa.core.engine.Revisions;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.model.Incoming;
import qoa.core.read.RecordedSource;
import qoa.core.sink.Sink;
import qoa.core.sink.Summary;
import qoa.service.config.EngineConfig;

/**
 * The engine as the service drives it, but from any source and by any clock: it knows that it has
 * read all there is, and the clock closes the windows of applications that fall silent.
 */
public final class LiveRun {

  private LiveRun() {}

  /**
   * Runs to the end of the source, and then closes the open windows.
   *
   * @param source of one partition
   * @param clock in milliseconds since the epoch
   * @param progress told how many messages were read so far, after each batch
   */
  public static Summary run(
      EngineConfig config,
      RecordedSource source,
      Sink sink,
      LongSupplier clock,
      LongConsumer progress)
      throws Exception {
    Revision revision = Revisions.load(config.judging().contracts(), config.judging().policies());
    try (PolicyEvaluator evaluator = Evaluators.create(config)) {
      evaluator.prepare(revision);
      Engine engine =
          new Engine(
              revision,
              new Engine.Settings(config.processing().idleTimeout().toMillis(), null),
              new ReportDecoder(config.limits()),
              evaluator,
              sink);
      long read = 0;
      while (!source.isExhausted()) {
        List<Incoming> batch = source.poll(0);
        long now = clock.getAsLong();
        batch.forEach(message -> engine.take(message, now));
        batch.stream()
            .findFirst()
            .ifPresent(message -> engine.look(Map.of(message.partition(), 0L), now));
        engine.advance(now);
        engine.judge();
        engine.progress(now);
        engine.settle();
        read += batch.size();
        progress.accept(read);
      }
      engine.finish();
      engine.judge();
      engine.settle();
      return engine.summary();
    }
  }
}
