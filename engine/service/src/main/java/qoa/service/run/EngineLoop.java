package qoa.service.run;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.engine.Engine;
import qoa.core.engine.LiveOutlet;
import qoa.core.engine.Stores;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Revision;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.read.LiveSource;
import qoa.core.read.RebalanceListener;
import qoa.kafka.BrokerException;
import qoa.service.http.Health;
import qoa.service.metrics.PrometheusMetrics;

/**
 * Drives an engine from a source until told to stop, on the thread of a {@link Worker}.
 *
 * <p>It works in slices of time. Messages of a poll are taken in piece by piece, so that
 * evaluations for about one slice are due at once. While messages are left, or evaluations are due,
 * the source is paused but still polled between slices. However long policies take, the engine
 * stays in the consumer group, answers a rebalance or {@link #stop} after a slice or two, and
 * commits in the middle of a poll. While the evaluator is unavailable, due evaluations wait and
 * nothing more is taken in.
 *
 * <p>When another revision comes into force, or partitions are lost, the engine is dropped and
 * another one continues from what was committed.
 */
final class EngineLoop implements RebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
  private static final long POLL_MILLIS = 50;
  private static final long RETRY_MILLIS = 250;
  private static final long LOOK_MILLIS = 100;
  private static final long HANDOVER_NANOS = 20_000_000_000L;

  /** A longer step has delayed the look at the lag. */
  private static final long LONG_MILLIS = 1_000;

  /**
   * For how long messages are taken in, or evaluations begun, before the source is polled again.
   */
  private static final long SLICE_NANOS = 100_000_000;

  /** The clock is looked at after so many messages. */
  private static final int MESSAGES_BETWEEN_LOOKS = 32;

  /** How many evaluations are due at once, about: at first, and at most. */
  private static final int FIRST_DUE = 16;

  private static final int MOST_DUE = 4_096;

  /**
   * What a loop works with; the same for every engine it drives.
   *
   * @param revision the one in force
   * @param engine makes an engine for a revision
   * @param source reads the reports
   * @param outlet takes the results
   * @param stores have the committed open violations and states
   * @param expected checks the source partitions, and returns them
   * @param trouble told why no reports can come now; empty where they can
   * @param commitMillis how often results are committed
   * @param slowMillis operators are warned if the reports of one poll take longer
   */
  record Parts(
      InForce revision,
      Function<Revision, Engine> engine,
      LiveSource source,
      LiveOutlet outlet,
      Stores stores,
      UnaryOperator<Set<Partition>> expected,
      PrometheusMetrics metrics,
      Health health,
      Consumer<Optional<String>> trouble,
      long commitMillis,
      long slowMillis,
      Clock clock) {}

  private final Parts parts;
  private final LiveSource source;
  private final Intake intake;
  private Engine engine;

  /** The source partitions when partitions were assigned last. */
  private Set<Partition> sourcePartitions = Set.of();

  private volatile boolean stopping;
  private boolean ended;
  private boolean rewind;
  private boolean evaluatorUnavailable;
  private int mostDue = FIRST_DUE;
  private volatile long commitsSince;
  private long nextCommit;
  private long nextLook;
  private long lastStep;

  EngineLoop(Parts parts) {
    this.parts = parts;
    this.source = parts.source();
    this.intake = new Intake(source);
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
      engine.removeFrom(parts.metrics());
    }
  }

  private void step() throws InterruptedException {
    if (rewind || !engine.revision().id().equals(parts.revision().get().id())) {
      renew();
    }
    boolean busy = !isIdle();
    intake.poll(
        busy || evaluatorUnavailable, evaluatorUnavailable ? RETRY_MILLIS : busy ? 0 : POLL_MILLIS);
    if (rewind) {
      return; // messages are read again
    }
    long now = parts.clock().millis();
    if (now - lastStep > LONG_MILLIS) {
      engine.loseSight(now);
    }
    lastStep = now;
    noteWork(now);
    work(now);
    noteWork(now);
  }

  private void noteWork(long now) {
    intake.worked(evaluatorUnavailable || isIdle(), now);
  }

  /** Whether all polled messages are done. */
  private boolean isIdle() {
    return intake.isEmpty() && !engine.hasDue();
  }

  /** A slice of work. */
  private void work(long now) throws InterruptedException {
    long start = System.nanoTime();
    if (!engine.hasDue()) {
      takeIn(start, now);
    }
    if (now >= nextLook) {
      look(now);
    } else if (!intake.isEmpty() && !intake.isPaused()) {
      engine.look(intake.lag(), now); // messages that are left hold windows open
    }
    engine.advance(now);
    while (judge(SLICE_NANOS)) {
      if (now >= nextCommit || parts.outlet().sink().isFull()) {
        commit();
        nextCommit = now + parts.commitMillis();
      }
      if (intake.isEmpty() || isOver(start)) {
        return;
      }
      takeIn(start, now);
    }
  }

  private static boolean isOver(long start) {
    return System.nanoTime() - start >= SLICE_NANOS;
  }

  /** Takes in messages until about as much is due as a slice can judge. */
  private void takeIn(long start, long now) {
    int taken = 0;
    while (!intake.isEmpty() && engine.due() < mostDue) {
      engine.take(intake.take(), now);
      if (++taken % MESSAGES_BETWEEN_LOOKS == 0 && isOver(start)) {
        return;
      }
    }
  }

  private void commit() {
    long now = parts.clock().millis();
    commitsSince = now;
    checkSourcePartitions();
    if (engine.isToMark(now)) {
      engine.look(intake.lagNow(), now);
    }
    parts.outlet().commit(engine, now);
    commitsSince = 0;
  }

  /**
   * If a topic has grown, windows were closed without the reports of the new partitions: everything
   * since the last commit is judged again.
   */
  private void checkSourcePartitions() {
    if (!sourcePartitions.isEmpty() && !source.sourcePartitionsNow().equals(sourcePartitions)) {
      throw new BrokerException("a topic of reports has other partitions than before", null);
    }
  }

  /** Why nothing happens although nothing has failed, for operators; any thread may call it. */
  Optional<String> trouble() {
    long since = commitsSince;
    long waited = since == 0 ? 0 : parts.clock().millis() - since;
    return waited < LONG_MILLIS
        ? Optional.empty()
        : Optional.of("a commit has waited for Kafka for " + waited / 1_000 + " s");
  }

  /** A warning for operators that reports wait for policies; any thread may call it. */
  Optional<String> slowness() {
    return intake.slowness(parts.clock().millis(), parts.slowMillis());
  }

  /** Commits, if nothing is due, and has another engine continue. */
  private void renew() {
    if (!rewind && !engine.hasDue()) {
      commit();
    }
    replaceEngine();
    rewind = false;
    nextCommit = 0; // events of the change itself are committed at once
    source.rewind();
    LOG.info("goes on with revision {}", engine.revision().id());
  }

  private void replaceEngine() {
    parts.outlet().drop(engine);
    intake.drop();
    mostDue = FIRST_DUE;
    engine = parts.engine().apply(parts.revision().get());
  }

  private void look(long now) {
    nextLook = now + (intake.isPaused() ? LONG_MILLIS : LOOK_MILLIS);
    Map<Partition, Long> lag = intake.lag();
    engine.look(lag, now);
    lag.forEach(
        (of, messages) -> parts.metrics().consumerLag(of.topic(), of.partition(), messages));
    parts.trouble().accept(source.trouble());
  }

  /**
   * Judges what is due.
   *
   * @param nanos for how long evaluations are begun
   * @return whether nothing is due any more
   */
  private boolean judge(long nanos) throws InterruptedException {
    int judged;
    try {
      judged = engine.judge(nanos);
    } catch (EvaluatorUnavailableException e) {
      noteUnavailable(e);
      return false;
    }
    if (evaluatorUnavailable) {
      evaluatorUnavailable = false;
      parts.health().up(Service.EVALUATOR);
      LOG.info("the evaluator is back");
    }
    if (engine.hasDue()) {
      mostDue = judged;
    } else if (judged >= mostDue) {
      mostDue = Math.min(2 * mostDue, MOST_DUE);
    }
    return !engine.hasDue();
  }

  private void noteUnavailable(EvaluatorUnavailableException e) {
    if (!evaluatorUnavailable) {
      evaluatorUnavailable = true;
      LOG.warn("the evaluator is away, reports wait: {}", e.getMessage());
    }
    parts.health().down(Service.EVALUATOR, e.getMessage());
  }

  @Override
  public void assigned(Map<Partition, ReadPosition> positions) {
    sourcePartitions = parts.expected().apply(source.sourcePartitions());
    if (engine.assign(positions, parts.stores(), sourcePartitions)) {
      commit();
    }
    awaitHandovers();
  }

  /**
   * If a topic has grown, the engine that judged its applications hands them over before their
   * reports are forwarded.
   */
  private void awaitHandovers() {
    long deadline = System.nanoTime() + HANDOVER_NANOS;
    while (engine.awaitsHandover()) {
      if (stopping || System.nanoTime() > deadline) {
        throw new BrokerException(
            "waits for another engine to hand over the applications that it judged", null);
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BrokerException("interrupted while waiting for another engine", e);
      }
      engine.lookForHandovers();
    }
  }

  /**
   * Others wait for these partitions. Judges for up to two slices; commits if nothing is due then,
   * else drops everything, to be read again.
   */
  @Override
  public void revoked(Set<Partition> partitions) {
    if (ended) {
      return;
    }
    if (judgedAll()) {
      commit();
      engine.leave(partitions);
      intake.drop(partitions);
    } else {
      lost(partitions);
    }
  }

  private boolean judgedAll() {
    try {
      return judge(2 * SLICE_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Results may depend on lost partitions: everything is dropped, and read again. */
  @Override
  public void lost(Set<Partition> partitions) {
    if (!ended) {
      replaceEngine();
      rewind = true;
    }
  }
}
