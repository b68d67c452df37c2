package qoa.service.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.documents.Counted;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.engine.RevisionFiles;
import qoa.core.engine.Stores;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.sink.Sink;
import qoa.kafka.BrokerException;
import qoa.kafka.ClientNames;
import qoa.kafka.KafkaStateStore;
import qoa.kafka.KafkaStatusStore;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.config.Redactor;
import qoa.service.http.Health;
import qoa.service.http.OpsServer;
import qoa.service.metrics.PrometheusMetrics;

/**
 * The engine as a service. Parts start in order and stop in reverse. The thread {@code qoa-start}
 * prepares the evaluator; then each worker runs on a thread of its own, {@code qoa-engine-1} and so
 * on. The methods here may be called from any other.
 *
 * <p>Any {@link Throwable} that ends one of these threads ends the service: readiness is false from
 * then on, and {@link #await} throws.
 */
public final class Service implements AutoCloseable {

  /** The part of {@link Health} that evaluates. */
  static final String EVALUATOR = "evaluator";

  /** The part of {@link Health} that reads from and writes to Kafka. */
  static final String KAFKA = "kafka";

  /** The part of {@link Health} that is this process. */
  private static final String ENGINE = "engine";

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final long RETRY_MILLIS = 500;

  /** How long evaluations may take once the service is told to end. */
  private static final Duration EVALUATOR_PATIENCE = Duration.ofSeconds(2);

  /** How long workers may take to commit and end by themselves. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** How long they may take once they were interrupted; what was not committed is read again. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(4);

  /** The trace of a stack that overflowed has a thousand lines, all alike. */
  private static final int MAX_FRAMES = 40;

  private final EngineConfig config;
  private final InForce revision;
  private final PrometheusMetrics metrics;
  private final Health health;
  private final PolicyEvaluator evaluator;
  private final OpsServer ops;
  private final List<Worker> workers = new ArrayList<>();
  private final LagWatch lag;
  private final ServiceThreads threads = new ServiceThreads(this::fail);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile RevisionWatcher watcher;
  private volatile boolean stopping;

  private Service(
      EngineConfig config,
      Revision first,
      PolicyEvaluator evaluator,
      PrometheusMetrics metrics,
      Health health,
      OpsServer ops,
      Sink watcher) {
    this.config = config;
    this.revision = new InForce(first, evaluator, metrics);
    this.evaluator = evaluator;
    this.metrics = metrics;
    this.health = health;
    this.ops = ops;
    Worker.Shared shared =
        new Worker.Shared(config, revision, evaluator, stores(config), watcher, metrics, health);
    Connections connections =
        new Connections(
            health,
            config.processing().threads(),
            "connecting to " + config.kafka().bootstrapServers());
    for (ClientNames names : ClientNames.of(config.kafka(), config.processing().threads())) {
      int number = workers.size();
      workers.add(new Worker(shared, names, trouble -> connections.tell(number, trouble)));
    }
    this.lag = new LagWatch(config, ClientNames.group(config.kafka()), metrics);
    health.watch(ENGINE, () -> threads.death().map(name -> "the thread " + name + " has ended"));
    health.watch(
        KAFKA, () -> workers.stream().map(Worker::trouble).flatMap(Optional::stream).findFirst());
    health.watchDegraded(
        "evaluation",
        () -> workers.stream().map(Worker::slowness).flatMap(Optional::stream).findFirst());
  }

  private static Stores stores(EngineConfig config) {
    Map<String, Object> client = config.kafka().forAdmin();
    return new Stores(
        new KafkaStatusStore(client, config.topics().status()),
        new KafkaStateStore(client, config.topics().state()));
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
    Revision first =
        new RevisionFiles(config.judging().contracts(), config.judging().policies()).read();
    PrometheusMetrics metrics = new PrometheusMetrics(config.limits().series()).withJvm();
    metrics.revision(first.id());
    Health health = new Health(List.of(EVALUATOR, KAFKA), Redactor.OF_PROCESS::redact);
    PolicyEvaluator evaluator = Evaluators.create(config);
    health.watch(EVALUATOR, evaluator::trouble);
    try {
      if (config.judging().evaluator() == Evaluator.PLAN) {
        prepare(evaluator, first); // reports policies that the plan cannot run at the start
      }
      OpsServer ops = OpsServer.start(config.http(), metrics, health);
      Service service = new Service(config, first, evaluator, metrics, health, ops, watcher);
      service.threads.start("qoa-start", service::start);
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
  public PrometheusMetrics metrics() {
    return metrics;
  }

  /** Its health. */
  public Health health() {
    return health;
  }

  /**
   * Waits until the service has ended, or cannot go on; then it is to be closed.
   *
   * @throws BrokerException where Kafka made it end
   * @throws CannotRunException where a fault of the engine's own did
   */
  public void await() throws InterruptedException, CannotRunException {
    threads.await();
    if (failure.get() instanceof BrokerException broker) {
      throw broker;
    }
    if (hasFailed()) {
      throw new CannotRunException(health.failure().orElse("a thread of the engine has ended"));
    }
  }

  /** Whether it ended, or is about to end, without having been told to. */
  public boolean hasFailed() {
    return failure.get() != null || threads.death().isPresent();
  }

  /** Ends the service: what was judged is committed, then the parts stop. */
  @Override
  public void close() {
    stop();
    try {
      awaitWorkers();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ops.close();
    if (watcher != null) {
      watcher.close();
    }
    evaluator.close();
  }

  /** The process can end whatever hangs: messages that were not committed are read again. */
  private void awaitWorkers() throws InterruptedException {
    if (!threads.join(EVALUATOR_PATIENCE)) {
      evaluator.close(); // ends the wait for an OPA that hangs
    }
    if (!threads.join(PATIENCE)) {
      LOG.warn("interrupts {}, which did not end in time", threads.interrupt());
      if (!threads.join(LAST_PATIENCE)) {
        LOG.warn("leaves {} behind", threads.interrupt());
      }
    }
  }

  private void stop() {
    stopping = true;
    workers.forEach(Worker::stop);
    lag.stop();
  }

  private void start() throws InterruptedException {
    prepareEvaluator();
    if (!stopping) {
      Revision first = revision.get();
      int contracts = first.contracts().contracts().size();
      LOG.info("revision {}, {}", first.id(), Counted.of(contracts, "contract"));
      for (int i = 0; i < workers.size(); i++) {
        Worker worker = workers.get(i);
        threads.start("qoa-engine-" + (i + 1), () -> run(worker));
      }
      threads.start("qoa-lag", lag::run);
      watcher =
          RevisionWatcher.start(
              config.judging().contracts(),
              config.judging().policies(),
              first,
              revision::replace,
              health,
              metrics);
      ops.onReload(watcher::reload);
    }
  }

  /** An external OPA may start later than the service. */
  private void prepareEvaluator() throws InterruptedException {
    boolean warned = false;
    while (!stopping) {
      try {
        revision.replace(revision.get());
        health.up(EVALUATOR);
        return;
      } catch (EvaluatorUnavailableException e) {
        health.down(EVALUATOR, e.getMessage());
        if (!warned) {
          warned = true;
          LOG.warn("waits for the evaluator: {}", e.getMessage());
        }
        Thread.sleep(RETRY_MILLIS);
      } catch (ProblemsException e) {
        throw new IllegalStateException("OPA refuses what its compiler took: " + e.getMessage(), e);
      }
    }
  }

  private void run(Worker worker) throws InterruptedException {
    worker.run();
    if (!stopping) {
      throw new IllegalStateException("a worker ended without having been told to");
    }
  }

  /**
   * Ends the service because something in this process cannot go on; the process's manager starts
   * it again. Any thread may call it. What goes wrong once the service was told to end is no
   * failure: what was not committed is read again.
   *
   * @param cause what ended the calling thread
   */
  public void fail(Throwable cause) {
    if (stopping && failure.get() == null) {
      LOG.warn("did not end in good order: {}", cause.toString());
      return;
    }
    boolean known = cause instanceof BrokerException;
    if (failure.compareAndSet(null, cause)) {
      String thread = Thread.currentThread().getName();
      health.fail(known ? cause.getMessage() : "the thread " + thread + " was ended by " + cause);
      if (!known) {
        LOG.error("the engine ends because of a fault of its own", shortened(cause));
      }
    }
    stop();
  }

  private static Throwable shortened(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    if (trace.length > MAX_FRAMES) {
      cause.setStackTrace(Arrays.copyOf(trace, MAX_FRAMES));
    }
    return cause;
  }
}
