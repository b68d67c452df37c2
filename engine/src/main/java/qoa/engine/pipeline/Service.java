package qoa.engine.pipeline;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.config.EngineConfig;
import qoa.engine.emit.KafkaSink;
import qoa.engine.emit.Sink;
import qoa.engine.emit.TeeSink;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.ingest.KafkaSource;
import qoa.engine.ingest.ReportDecoder;
import qoa.engine.kafka.BrokerException;
import qoa.engine.model.ProblemsException;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.Health;
import qoa.engine.ops.OpsServer;

/**
 * The engine as a service. Parts start in order and stop in reverse. Its loop runs on the thread
 * {@code qoa-engine}; the methods here may be called from any other.
 *
 * <p>When Kafka refuses a transaction the service ends: what was not committed is gone, and whoever
 * starts it again has the same reports judged again, with events of the same ids.
 */
public final class Service implements AutoCloseable {

  /** The part of {@link Health} that evaluates. */
  static final String EVALUATOR = "evaluator";

  /** The part of {@link Health} that reads from and writes to Kafka. */
  static final String KAFKA = "kafka";

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final URI EVENT_SOURCE = URI.create("/qoa/engine");
  private static final long RETRY_MILLIS = 500;

  private final EngineConfig config;
  private final Revision revision;
  private final Sink watcher;
  private final EngineMetrics metrics;
  private final Health health;
  private final PolicyEvaluator evaluator;
  private final OpsServer ops;
  private final Thread thread = new Thread(this::run, "qoa-engine");
  private volatile EngineLoop loop;
  private volatile boolean stopping;
  private volatile RuntimeException failure;

  private Service(
      EngineConfig config,
      Revision revision,
      PolicyEvaluator evaluator,
      EngineMetrics metrics,
      Health health,
      OpsServer ops,
      Sink watcher) {
    this.config = config;
    this.revision = revision;
    this.evaluator = evaluator;
    this.metrics = metrics;
    this.health = health;
    this.ops = ops;
    this.watcher = watcher;
  }

  /**
   * Starts the service; it becomes ready by itself.
   *
   * @param watcher gets everything that goes to Kafka too, on the engine's thread; null for none
   * @throws ProblemsException where contracts, policies or settings cannot be used
   * @throws CannotRunException where an OPA of our own does not start, or the port for metrics is
   *     taken
   */
  public static Service start(EngineConfig config, Sink watcher)
      throws ProblemsException, CannotRunException, InterruptedException {
    Revision revision = Revisions.load(config.contracts(), config.policies());
    EngineMetrics metrics = new EngineMetrics(config.limits().series()).withJvm();
    metrics.revision(revision.id());
    Health health = new Health(List.of(EVALUATOR, KAFKA));
    PolicyEvaluator evaluator = Evaluators.create(config);
    health.watch(EVALUATOR, evaluator::trouble);
    try {
      OpsServer ops = OpsServer.start(config.http().host(), config.http().port(), metrics, health);
      Service service = new Service(config, revision, evaluator, metrics, health, ops, watcher);
      service.thread.start();
      return service;
    } catch (IOException e) {
      evaluator.close();
      throw new CannotRunException(e);
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
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends the service: what was judged is committed, then the parts stop. */
  @Override
  public void close() {
    stopping = true;
    EngineLoop running = loop;
    if (running != null) {
      running.stop();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ops.close();
    evaluator.close();
  }

  private void run() {
    try {
      prepareEvaluator();
      if (!stopping) {
        health.down(KAFKA, "connecting to " + config.kafka().bootstrapServers());
        runLoop();
      }
    } catch (BrokerException e) {
      fail(e, e.getMessage());
    } catch (InterruptedException e) {
      LOG.info("interrupted");
    } catch (RuntimeException e) {
      LOG.error("the engine ends because of a fault of its own", e);
      fail(e, e.toString());
    }
  }

  private void fail(RuntimeException e, String cause) {
    failure = e;
    health.fail(cause);
  }

  /** An OPA that somebody else runs may start after us. */
  private void prepareEvaluator() throws InterruptedException {
    boolean said = false;
    while (!stopping) {
      try {
        evaluator.prepare(revision);
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

  private void runLoop() throws InterruptedException {
    try (KafkaSource source =
            new KafkaSource(config.kafka().forConsumer(), config.topics().reports());
        Sink sink = sink(source)) {
      Engine engine =
          new Engine(
              revision,
              new ReportDecoder(config.limits()),
              evaluator,
              sink,
              metrics,
              config.idleTimeout().toMillis());
      loop =
          new EngineLoop(
              source,
              engine,
              metrics,
              health,
              config.commitInterval().toMillis(),
              Clock.systemUTC());
      if (stopping) {
        return; // close() came before there was a loop to tell
      }
      LOG.info("revision {}, {} contracts", revision.id(), revision.contracts().contracts().size());
      loop.run();
    }
  }

  private Sink sink(KafkaSource source) {
    Map<String, Object> client = config.kafka().forProducer();
    Object group = config.kafka().forConsumer().get("group.instance.id");
    Object transactionalId =
        client.getOrDefault(
            "transactional.id", "qoa-engine-" + (group == null ? UUID.randomUUID() : group));
    Map<String, String> properties = new HashMap<>();
    client.forEach((name, value) -> properties.put(name, String.valueOf(value)));
    KafkaSink kafka =
        new KafkaSink(
            new KafkaSink.Settings(
                properties,
                transactionalId.toString(),
                config.topics().violations(),
                config.topics().deadLetters(),
                EVENT_SOURCE),
            source);
    return watcher == null ? kafka : new TeeSink(kafka, watcher);
  }
}
