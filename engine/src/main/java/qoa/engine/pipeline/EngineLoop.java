package qoa.engine.pipeline;

import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.ingest.ReportSource;
import qoa.engine.model.RawReport;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.Health;

/**
 * Drives an engine from a source until told to stop: the one loop of the service, on the thread
 * {@code qoa-engine}. While the evaluator is away the source is paused but still polled, so that
 * the engine keeps its place in the consumer group; what is due waits, and nothing more is taken
 * in.
 */
final class EngineLoop {

  private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
  private static final long POLL_MILLIS = 50;
  private static final long RETRY_MILLIS = 250;
  private static final long LOOK_MILLIS = 250;

  private final ReportSource source;
  private final Engine engine;
  private final EngineMetrics metrics;
  private final Health health;
  private final long commitMillis;
  private final Clock clock;
  private volatile boolean stopping;
  private long nextCommit;
  private long nextLook;
  private boolean evaluatorAway;

  EngineLoop(
      ReportSource source,
      Engine engine,
      EngineMetrics metrics,
      Health health,
      long commitMillis,
      Clock clock) {
    this.source = source;
    this.engine = engine;
    this.metrics = metrics;
    this.health = health;
    this.commitMillis = commitMillis;
    this.clock = clock;
  }

  /** Asks the loop to end; it commits what was judged first. */
  void stop() {
    stopping = true;
  }

  /** Runs until {@link #stop}; then what was judged is committed. */
  void run() throws InterruptedException {
    while (!stopping) {
      step();
    }
    if (!engine.hasDue()) {
      engine.commit();
    }
  }

  private void step() throws InterruptedException {
    List<RawReport> batch = source.poll(evaluatorAway ? RETRY_MILLIS : POLL_MILLIS);
    long now = clock.millis();
    batch.forEach(raw -> engine.take(raw, now));
    engine.advance(now);
    if (judge(now) && now >= nextCommit) {
      engine.commit();
      nextCommit = now + commitMillis;
    }
    if (now >= nextLook) {
      lookAtSource();
      nextLook = now + LOOK_MILLIS;
    }
  }

  private void lookAtSource() {
    source.lag().forEach((from, lag) -> metrics.consumerLag(from.topic(), from.partition(), lag));
    source
        .trouble()
        .ifPresentOrElse(
            cause -> health.down(Service.KAFKA, cause), () -> health.up(Service.KAFKA));
  }

  private boolean judge(long now) throws InterruptedException {
    try {
      engine.judge(now);
    } catch (EvaluatorUnavailableException e) {
      evaluatorIsAway(e);
      return false;
    }
    if (evaluatorAway) {
      evaluatorAway = false;
      source.pause(false);
      health.up(Service.EVALUATOR);
      LOG.info("the evaluator is back");
    }
    return true;
  }

  private void evaluatorIsAway(EvaluatorUnavailableException e) {
    if (!evaluatorAway) {
      evaluatorAway = true;
      source.pause(true);
      LOG.warn("the evaluator is away, reports wait: {}", e.getMessage());
    }
    health.down(Service.EVALUATOR, e.getMessage());
  }
}
