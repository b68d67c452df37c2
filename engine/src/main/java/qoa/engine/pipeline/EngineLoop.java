package qoa.engine.pipeline;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.emit.Sink;
import qoa.engine.emit.StatusStore;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.Revision;
import qoa.engine.ingest.Homes;
import qoa.engine.ingest.ReportSource;
import qoa.engine.model.Incoming;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.Health;

/**
 * Drives an engine from a source until told to stop, on the thread of a {@link Worker}. While the
 * evaluator is away the source is paused but still polled, so that the engine keeps its place in
 * the consumer group; what is due waits, and nothing more is taken in.
 *
 * <p>Where another revision comes into force, or homes are lost, the engine is given up and another
 * one goes on from what was committed.
 */
final class EngineLoop implements Homes {

  private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
  private static final long POLL_MILLIS = 50;
  private static final long RETRY_MILLIS = 250;
  private static final long LOOK_MILLIS = 100;

  /** A step that took longer has kept us from looking at the sources. */
  private static final long LONG_MILLIS = 1_000;

  /**
   * What a loop works with; the same for every engine it drives.
   *
   * @param revision the one in force
   * @param engine makes an engine for a revision
   * @param source where reports come from
   * @param sink where results go
   * @param statuses where open violations are found again
   * @param expected checks where re-keyed reports may come from
   * @param trouble told why no reports can come now; empty where they can
   * @param commitMillis how often results are committed
   */
  record Parts(
      InForce revision,
      Function<Revision, Engine> engine,
      ReportSource source,
      Sink sink,
      StatusStore statuses,
      UnaryOperator<Set<Source>> expected,
      EngineMetrics metrics,
      Health health,
      Consumer<Optional<String>> trouble,
      long commitMillis,
      Clock clock) {}

  private final Parts parts;
  private final ReportSource source;
  private Engine engine;
  private volatile boolean stopping;
  private boolean ended;
  private boolean rewind;
  private boolean evaluatorAway;
  private volatile long commitsSince;
  private long nextCommit;
  private long nextLook;
  private long lastStep;

  EngineLoop(Parts parts) {
    this.parts = parts;
    this.source = parts.source();
    this.engine = parts.engine().apply(parts.revision().get());
  }

  /** Asks the loop to end; it commits what was judged first. */
  void stop() {
    stopping = true;
  }

  /** Runs until {@link #stop}; then what was judged is committed. */
  void run() throws InterruptedException {
    lastStep = parts.clock().millis();
    source.open(this);
    try {
      while (!stopping) {
        Lock batch = parts.revision().batch();
        batch.lock();
        try {
          step();
        } finally {
          batch.unlock();
        }
      }
      if (!engine.hasDue()) {
        commit();
      }
    } finally {
      ended = true;
      engine.leave();
    }
  }

  private void step() throws InterruptedException {
    if (rewind || !engine.revision().id().equals(parts.revision().get().id())) {
      renew();
    }
    List<Incoming> batch = source.poll(evaluatorAway ? RETRY_MILLIS : POLL_MILLIS);
    if (rewind) {
      return; // what was read is read again
    }
    long now = parts.clock().millis();
    if (now - lastStep > LONG_MILLIS) {
      engine.loseSight(now);
    }
    lastStep = now;
    batch.forEach(message -> engine.take(message, now));
    if (now >= nextLook) {
      look(now);
    }
    engine.advance(now);
    if (judge() && (now >= nextCommit || parts.sink().isFull())) {
      commit();
      nextCommit = now + parts.commitMillis();
    }
  }

  private void commit() {
    long now = parts.clock().millis();
    commitsSince = now;
    if (engine.isToMark(now)) {
      engine.look(source.lagNow(), now);
    }
    engine.commit(now);
    commitsSince = 0;
  }

  /** Why nothing goes on though nothing has failed yet, for operators; any thread may call it. */
  Optional<String> trouble() {
    long since = commitsSince;
    long waited = since == 0 ? 0 : parts.clock().millis() - since;
    return waited < LONG_MILLIS
        ? Optional.empty()
        : Optional.of("a commit has waited for Kafka for " + waited / 1_000 + " s");
  }

  /** Another engine goes on from what was committed, with what this one has ready. */
  private void renew() {
    if (!rewind && !engine.hasDue()) {
      commit();
    }
    replaceEngine();
    rewind = false;
    nextCommit = 0; // what the change itself brings is told at once
    source.rewind();
    LOG.info("goes on with revision {}", engine.revision().id());
  }

  private void replaceEngine() {
    engine.leave();
    parts.sink().discard();
    engine = parts.engine().apply(parts.revision().get());
  }

  private void look(long now) {
    nextLook = now + LOOK_MILLIS;
    Map<Source, Long> lag = source.lag();
    engine.look(lag, now);
    lag.forEach(
        (from, messages) -> parts.metrics().consumerLag(from.topic(), from.partition(), messages));
    parts.trouble().accept(source.trouble());
  }

  private boolean judge() throws InterruptedException {
    try {
      engine.judge();
    } catch (EvaluatorUnavailableException e) {
      evaluatorIsAway(e);
      return false;
    }
    if (evaluatorAway) {
      evaluatorAway = false;
      source.pause(false);
      parts.health().up(Service.EVALUATOR);
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
    parts.health().down(Service.EVALUATOR, e.getMessage());
  }

  @Override
  public void assigned(Map<Source, ReadPosition> positions) {
    engine.assign(positions, parts.statuses(), parts.expected().apply(source.sources()));
  }

  /** Whoever gets them waits for us, so what is ready is committed; what is due is judged there. */
  @Override
  public void revoked(Set<Source> homes) {
    if (ended) {
      return;
    }
    if (judgedAll()) {
      commit();
      engine.leave(homes);
    } else {
      lost(homes);
    }
  }

  private boolean judgedAll() {
    try {
      return judge();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is ready may rest on what was lost: all of it is given up, and read again. */
  @Override
  public void lost(Set<Source> homes) {
    if (!ended) {
      replaceEngine();
      rewind = true;
    }
  }
}
