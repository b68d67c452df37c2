package qoa.service.run;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.decode.ReportDecoder;
import qoa.core.engine.Engine;
import qoa.core.engine.LiveOutlet;
import qoa.core.engine.Stores;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.model.Partition;
import qoa.core.sink.LiveSink;
import qoa.core.sink.RekeyedTopic;
import qoa.core.sink.Sink;
import qoa.core.sink.WatchedSink;
import qoa.kafka.BrokerException;
import qoa.kafka.ClientNames;
import qoa.kafka.EngineTopics;
import qoa.kafka.KafkaSink;
import qoa.kafka.KafkaSource;
import qoa.kafka.RecordLimits;
import qoa.kafka.TopicSizes;
import qoa.kafka.TopicsConfig;
import qoa.service.config.EngineConfig;
import qoa.service.http.Health;
import qoa.service.metrics.PrometheusMetrics;

/**
 * One member of the consumer group: a thread, a connection to Kafka, an engine. After any failure
 * that may pass, the worker drops the connection and everything that was not committed, connects
 * again, and continues from what was committed.
 */
final class Worker {

  /** Shared by all workers of a service. */
  record Shared(
      EngineConfig config,
      InForce revision,
      PolicyEvaluator evaluator,
      Stores stores,
      Sink watcher,
      PrometheusMetrics metrics,
      Health health) {}

  /**
   * How a connection handles reports.
   *
   * @param rekeys whether it re-keys them
   * @param partitions the number of source partitions
   * @param sizes the number of partitions of each topic
   * @param known the same, as committed last
   */
  private record Plan(
      boolean rekeys, int partitions, Map<String, Integer> sizes, TopicSizes known) {}

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final URI EVENT_SOURCE = URI.create("/qoa/engine");
  private static final long FIRST_BACKOFF_MILLIS = 250;
  private static final long LONGEST_BACKOFF_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 500;

  private final Shared shared;
  private final EngineConfig config;
  private final ClientNames names;
  private final Consumer<Optional<String>> trouble;
  private final RecordLimits limits = new RecordLimits();
  private volatile boolean stopping;
  private volatile EngineLoop loop;
  private boolean connected;
  private long backoff = FIRST_BACKOFF_MILLIS;

  /**
   * @param names the names of this worker's Kafka clients
   * @param trouble told why no reports can come now; empty where they can
   */
  Worker(Shared shared, ClientNames names, Consumer<Optional<String>> trouble) {
    this.shared = shared;
    this.config = shared.config();
    this.names = names;
    this.trouble = trouble;
  }

  /** Asks the worker to end; what was judged is committed first. */
  void stop() {
    stopping = true;
    EngineLoop running = loop;
    if (running != null) {
      running.stop();
    }
  }

  /** Why nothing happens although nothing has failed, for operators; any thread may call it. */
  Optional<String> trouble() {
    EngineLoop running = loop;
    return running == null ? Optional.empty() : running.trouble();
  }

  /** A warning for operators that reports wait for policies; any thread may call it. */
  Optional<String> slowness() {
    EngineLoop running = loop;
    return running == null ? Optional.empty() : running.slowness();
  }

  /**
   * Works until {@link #stop}.
   *
   * @throws BrokerException where the first connection fails, or where trying again does not help
   */
  void run() throws InterruptedException {
    while (!stopping) {
      try {
        connectAndLoop();
      } catch (BrokerException e) {
        if (!connected) {
          throw e;
        }
        if (e.isLasting()) {
          throw missingRights().orElse(e);
        }
        recover(e);
      }
    }
  }

  /** Kafka does not always name the right that was taken away, and its resource. */
  private Optional<BrokerException> missingRights() {
    try (EngineTopics topics = topics()) {
      topics.missingReports();
      return Optional.empty();
    } catch (BrokerException e) {
      return e.isLasting() ? Optional.of(e) : Optional.empty();
    }
  }

  private void recover(BrokerException e) throws InterruptedException {
    trouble.accept(Optional.of(e.getMessage()));
    if (backoff == FIRST_BACKOFF_MILLIS) {
      LOG.warn("connects to Kafka anew, nothing is lost: {}", e.getMessage());
    }
    for (long slept = 0; slept < backoff && !stopping; slept += FIRST_BACKOFF_MILLIS) {
      Thread.sleep(FIRST_BACKOFF_MILLIS);
    }
    backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MILLIS);
  }

  private void connectAndLoop() throws InterruptedException {
    Optional<Plan> prepared = prepareTopics();
    if (prepared.isEmpty()) {
      return;
    }
    Plan plan = prepared.get();
    String rekeyed = plan.rekeys() ? config.topics().byApplication() : null;
    try (KafkaSource source =
            new KafkaSource(names.consumer(config.kafka()), config.topics().reports(), rekeyed);
        KafkaSink kafka = sink(source)) {
      LiveSink sink = shared.watcher() == null ? kafka : new WatchedSink(kafka, shared.watcher());
      Engine.Settings settings = settings(kafka, plan);
      EngineLoop.Parts parts =
          new EngineLoop.Parts(
              shared.revision(),
              revision -> {
                // What the sink dropped with the engine before is written again.
                plan.known().write(plan.sizes(), kafka::state);
                return engine(revision, settings, sink);
              },
              source,
              new LiveOutlet(sink, shared.metrics()),
              shared.stores(),
              partitions -> expected(partitions, plan),
              shared.metrics(),
              shared.health(),
              this::report,
              config.processing().commitInterval().toMillis(),
              names.maxPollMillis(config.kafka()) / 2,
              Clock.systemUTC());
      loop = new EngineLoop(parts);
      if (!stopping) { // stop() may have been called before there was a loop
        loop.run();
      }
    } finally {
      loop = null;
    }
  }

  private void report(Optional<String> cause) {
    if (cause.isEmpty() && backoff != FIRST_BACKOFF_MILLIS) {
      backoff = FIRST_BACKOFF_MILLIS;
      LOG.info("is connected to Kafka again");
    }
    trouble.accept(cause);
  }

  private Engine.Settings settings(KafkaSink kafka, Plan plan) {
    RekeyedTopic rekeyed =
        plan.rekeys()
            ? kafka.rekeyedTopic(plan.sizes().get(config.topics().byApplication()))
            : null;
    return new Engine.Settings(config.processing().idleTimeout().toMillis(), rekeyed);
  }

  private Engine engine(Revision revision, Engine.Settings settings, Sink sink) {
    return new Engine(
        revision, settings, new ReportDecoder(config.limits()), shared.evaluator(), sink);
  }

  /**
   * Waits until the topics of reports exist, and prepares the topics that are written.
   *
   * @return empty where the worker was stopped meanwhile
   */
  private Optional<Plan> prepareTopics() throws InterruptedException {
    try (EngineTopics topics = topics()) {
      Optional<String> missing = topics.missingReports();
      connected = true;
      missing.ifPresent(LOG::warn);
      while (missing.isPresent() && !stopping) {
        trouble.accept(missing);
        Thread.sleep(LOOK_MILLIS);
        missing = topics.missingReports();
      }
      return missing.isPresent() ? Optional.empty() : Optional.of(plan(topics));
    }
  }

  private Plan plan(EngineTopics topics) {
    topics.prepare();
    TopicsConfig names = config.topics();
    TopicSizes known = TopicSizes.of(shared.stores(), names);
    Map<String, Integer> sizes = new HashMap<>(topics.reportPartitions());
    int partitions = sizes.values().stream().mapToInt(Integer::intValue).sum();
    boolean rekeys = known.rekeys(names, sizes);
    if (rekeys) {
      sizes.put(names.byApplication(), known.rekeyedPartitions(names, topics.prepareRekeying()));
    }
    return new Plan(rekeys, partitions, sizes, known);
  }

  private EngineTopics topics() {
    return new EngineTopics(
        config.kafka(),
        config.topics(),
        names.group(),
        config.limits().reportBytes(),
        recordBytes(),
        limits);
  }

  /** The largest record that is sent, in bytes. */
  private int recordBytes() {
    Object set = config.kafka().forProducer().get("max.request.size");
    return set == null ? KafkaSink.MAX_MESSAGE_BYTES : Integer.parseInt(set.toString());
  }

  private static Set<Partition> expected(Set<Partition> partitions, Plan plan) {
    if (!plan.rekeys() && partitions.size() != plan.partitions()) {
      throw new BrokerException(
          "reports come from %d partitions now, not from %d; whether they are re-keyed is looked at anew"
              .formatted(partitions.size(), plan.partitions()),
          null);
    }
    return partitions;
  }

  private KafkaSink sink(KafkaSource source) {
    Map<String, String> client = new HashMap<>();
    config.kafka().forProducer().forEach((name, value) -> client.put(name, String.valueOf(value)));
    return new KafkaSink(
        new KafkaSink.Settings(
            client, names.transactionalId(), config.topics(), limits, EVENT_SOURCE),
        source);
  }
}
