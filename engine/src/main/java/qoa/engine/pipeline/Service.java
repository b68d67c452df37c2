package qoa.engine.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.config.EngineConfig;
import qoa.engine.config.Evaluator;
import qoa.engine.emit.Sink;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.kafka.BrokerException;
import qoa.engine.model.Counted;
import qoa.engine.model.ProblemsException;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.Health;
import qoa.engine.ops.OpsServer;

/**
 * The engine as a service. Parts start in order and stop in reverse. The thread {@code qoa-start}
 * prepares the evaluator; then each worker runs on a thread of its own, {@code qoa-engine-1} and so
 * on. The methods here may be called from any other.
 *
 * <p>It ends by itself where a worker cannot go on, and then all of it ends.
 */
public final class Service implements AutoCloseable {

  /** The part of {@link Health} that evaluates. */
  static final String EVALUATOR = "evaluator";

  /** The part of {@link Health} that reads from and writes to Kafka. */
  static final String KAFKA = "kafka";

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final long RETRY_MILLIS = 500;

  private final EngineConfig config;
  private final InForce revision;
  private final EngineMetrics metrics;
  private final Health health;
  private final PolicyEvaluator evaluator;
  private final OpsServer ops;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Thread starter = new Thread(this::start, "qoa-start");
  private volatile RevisionWatcher watcher;
  private volatile boolean stopping;
  private volatile RuntimeException failure;

  private Service(
      EngineConfig config,
      Revision first,
      PolicyEvaluator evaluator,
      EngineMetrics metrics,
      Health health,
      OpsServer ops,
      Sink watcher) {
    this.config = config;
    this.revision = new InForce(first, evaluator, metrics);
    this.evaluator = evaluator;
    this.metrics = metrics;
    this.health = health;
    this.ops = ops;
    Worker.Shared shared = new Worker.Shared(config, revision, evaluator, watcher, metrics, health);
    Connections connections =
        new Connections(
            health, config.threads(), "connecting to " + config.kafka().bootstrapServers());
    for (ClientNames names : ClientNames.of(config.kafka(), config.threads())) {
      int number = workers.size();
      Worker worker = new Worker(shared, names, trouble -> connections.tell(number, trouble));
      workers.add(worker);
      threads.add(new Thread(() -> run(worker), "qoa-engine-" + workers.size()));
    }
    health.watch(
        KAFKA, () -> workers.stream().map(Worker::trouble).flatMap(Optional::stream).findFirst());
  }

  /**
   * Starts the service; it becomes ready by itself.
   *
   * @param watcher gets every event and dead letter once it is committed, on the workers' threads;
   *     null for none
   * @throws ProblemsException where contracts, policies or settings cannot be used
   * @throws CannotRunException where an OPA of our own does not start, or the port for metrics is
   *     taken
   */
  public static Service start(EngineConfig config, Sink watcher)
      throws ProblemsException, CannotRunException, InterruptedException {
    Revision first = Revisions.load(config.contracts(), config.policies());
    EngineMetrics metrics = new EngineMetrics(config.limits().series()).withJvm();
    metrics.revision(first.id());
    Health health = new Health(List.of(EVALUATOR, KAFKA));
    PolicyEvaluator evaluator = Evaluators.create(config);
    health.watch(EVALUATOR, evaluator::trouble);
    try {
      if (config.evaluator() == Evaluator.PLAN) {
        prepare(
            evaluator, first); // a policy that it cannot have is the author's mistake: say so now
      }
      OpsServer ops = OpsServer.start(config.http().host(), config.http().port(), metrics, health);
      Service service = new Service(config, first, evaluator, metrics, health, ops, watcher);
      service.starter.start();
      return service;
    } catch (IOException e) {
      evaluator.close();
      throw new CannotRunException(e);
    } catch (ProblemsException e) {
      evaluator.close();
      throw e;
    }
  }

  private static void prepare(PolicyEvaluator plan, Revision first)
      throws ProblemsException, InterruptedException {
    try {
      plan.prepare(first);
    } catch (EvaluatorUnavailableException e) {
      throw new IllegalStateException("a plan is always there", e);
    }
  }

  /** Where metrics and health are served. */
  public String url() {
    return ops.url();
  }

  /** Its metrics. */
  public EngineMetrics metrics() {
    return metrics;
  }

  /** Its health. */
  public Health health() {
    return health;
  }

  /**
   * Waits until the service has ended.
   *
   * @throws BrokerException where Kafka made it end
   */
  public void await() throws InterruptedException {
    starter.join();
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends the service: what was judged is committed, then the parts stop. */
  @Override
  public void close() {
    stop();
    try {
      starter.join();
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ops.close();
    if (watcher != null) {
      watcher.close();
    }
    evaluator.close();
  }

  private void stop() {
    stopping = true;
    workers.forEach(Worker::stop);
  }

  private void start() {
    try {
      prepareEvaluator();
    } catch (InterruptedException e) {
      LOG.info("interrupted");
      return;
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    if (!stopping) {
      Revision first = revision.get();
      int contracts = first.contracts().contracts().size();
      LOG.info("revision {}, {}", first.id(), Counted.of(contracts, "contract"));
      threads.forEach(Thread::start);
      watcher =
          RevisionWatcher.start(
              config.contracts(), config.policies(), first, revision::replace, health, metrics);
      ops.onReload(watcher::reload);
    }
  }

  /** An OPA that somebody else runs may start after us. */
  private void prepareEvaluator() throws InterruptedException {
    boolean said = false;
    while (!stopping) {
      try {
        revision.replace(revision.get());
        health.up(EVALUATOR);
        return;
      } catch (EvaluatorUnavailableException e) {
        health.down(EVALUATOR, e.getMessage());
        if (!said) {
          said = true;
          LOG.warn("waits for the evaluator: {}", e.getMessage());
        }
        Thread.sleep(RETRY_MILLIS);
      } catch (ProblemsException e) {
        throw new IllegalStateException("OPA refuses what its compiler took: " + e.getMessage(), e);
      }
    }
  }

  private void run(Worker worker) {
    try {
      worker.run();
    } catch (InterruptedException e) {
      LOG.info("interrupted");
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** One worker that cannot go on ends all of them: whoever watches the process starts it again. */
  private void fail(RuntimeException e) {
    boolean known = e instanceof BrokerException;
    if (!known) {
      LOG.error("the engine ends because of a fault of its own", e);
    }
    failure = e;
    health.fail(known ? e.getMessage() : e.toString());
    stop();
  }
}
