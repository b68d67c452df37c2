package qoa.systemtests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.policies.OpaBinary;
import qoa.systemtests.Topic;
import qoa.systemtests.faults.check.Checker;
import qoa.systemtests.faults.check.Findings;
import qoa.systemtests.faults.check.Stored;

/**
 * One run. Starts the broker, the engines and the generator, injects faults while reports are sent,
 * waits until the engines have judged all reports, and checks the messages that subscribers
 * received.
 */
final class FaultRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FaultRun.class);

  static final String REPORTS = "qoa.reports";

  /** The topic of re-keyed reports. */
  static final String KEYED = "qoa.reports.by-application";

  private static final String VIOLATIONS = "qoa.violations";
  private static final String STATUSES = "qoa.status";
  private static final String DEAD_LETTERS = "qoa.dead-letters";

  /** More rounds than fit into a run. */
  private static final int ROUNDS = 1_000;

  /**
   * How long the run waits for a new event before it gives up. On a busy machine, the evaluations
   * at the end of a crowd take longer than a minute on OPA, and an engine commits after the last
   * one.
   */
  private static final long PATIENCE_NANOS = Duration.ofMinutes(4).toNanos();

  private static final Duration POLL = Duration.ofMillis(200);

  /** How long the run waits after the last expected event, to find duplicates. */
  private static final long AFTERWARDS_MILLIS = 3_000;

  /**
   * The result of a run.
   *
   * @param injected how often each kind of fault was injected
   * @param endedByThemselves how often an engine ended by itself and was started again
   */
  record Result(Map<FaultKind, Integer> injected, int endedByThemselves, Findings findings) {}

  private final RunSettings settings;
  private final Deque<Runnable> started = new ArrayDeque<>();
  private final List<TcpProxy> networks = new ArrayList<>();
  private final List<EngineProcess> engines = new ArrayList<>();
  private Contracts contracts;
  private Broker broker;
  private OpaServer opa;
  private OpaProxy opaProxy;

  FaultRun(RunSettings settings) {
    this.settings = settings;
  }

  Result run() throws Exception {
    contracts = new Contracts(settings.folder(), settings.home(), settings.isPlanAlone());
    startBroker();
    if (settings.backends().contains(Backend.PROXIED)) {
      startOpa();
    }
    startEngines();
    long sent;
    Injector injector;
    try (Generator generator = new Generator(broker.bootstrapServers(), REPORTS, settings)) {
      injector = injector(generator);
      generator.start();
      inject(injector);
      sent = generator.finish();
    }
    Findings findings = check(sent);
    int ended = engines.stream().mapToInt(EngineProcess::ended).sum();
    return new Result(injector.injected(), ended, findings);
  }

  private Injector injector(Generator generator) {
    UserFaults users = new UserFaults(contracts, generator, broker);
    return new Injector(
        engines, networks, settings.backends(), contracts, users, broker, opa, opaProxy);
  }

  private void startBroker() throws Exception {
    for (int engine = 0; engine < settings.backends().size(); engine++) {
      TcpProxy network = new TcpProxy();
      started.push(network::close);
      networks.add(network);
    }
    broker =
        new Broker(
            settings.folder().resolve("broker"), networks.stream().map(TcpProxy::port).toList());
    started.push(broker::close);
    broker.start();
    broker.createTopic(REPORTS, settings.traffic().partitions());
    for (int engine = 0; engine < networks.size(); engine++) {
      networks.get(engine).leadTo(broker.enginePort(engine));
    }
  }

  private void startOpa() throws Exception {
    opa = new OpaServer(OpaBinary.locate().path(), settings.folder().resolve("opa.log"));
    started.push(opa::close);
    opa.start();
    opaProxy = new OpaProxy(opa.url());
    started.push(opaProxy::close);
  }

  private void startEngines() throws Exception {
    for (int number = 1; number <= networks.size(); number++) {
      String name = "engine-" + number;
      Path folder = Files.createDirectories(settings.folder().resolve(name));
      Files.writeString(
          folder.resolve("engine.yaml"),
          EngineYaml.of(
              settings,
              name,
              networks.get(number - 1).port(),
              settings.backends().get(number - 1),
              opaProxy == null ? null : opaProxy.url(),
              contracts));
      EngineProcess engine = new EngineProcess(folder, settings.home());
      started.push(engine::close);
      engine.start();
      engines.add(engine);
    }
    ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor();
    started.push(supervisor::shutdownNow);
    var unused =
        supervisor.scheduleWithFixedDelay(this::supervise, 200, 200, TimeUnit.MILLISECONDS);
  }

  private void supervise() {
    for (EngineProcess engine : engines) {
      try {
        engine.supervise();
      } catch (IOException e) {
        LOG.error("an engine cannot be started again", e);
      }
    }
  }

  private void inject(Injector injector) throws Exception {
    long end = System.nanoTime() + settings.duration().toNanos();
    for (Fault fault : Fault.schedule(settings, ROUNDS)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left < fault.pause() + fault.lasts()) {
        break;
      }
      Thread.sleep(fault.pause());
      injector.inject(fault);
    }
    Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
  }

  private Findings check(long sent) throws Exception {
    List<Stored> messages = read(REPORTS);
    if (messages.size() != sent) {
      throw new IllegalStateException(
          "the broker has %d messages of %d sent".formatted(messages.size(), sent));
    }
    Checker checker = new Checker(contracts.all(), messages);
    awaitEvents(checker);
    for (EngineProcess engine : engines) {
      engine.terminate();
    }
    return checker.check(read(VIOLATIONS), read(DEAD_LETTERS), read(STATUSES));
  }

  /** Reads a topic. Also writes it to a file, to help find the cause of a difference. */
  private List<Stored> read(String topic) throws IOException {
    List<Stored> messages = Stored.of(Topic.read(broker.bootstrapServers(), topic));
    Files.write(
        settings.folder().resolve(topic + ".txt"),
        messages.stream().map(Stored::toString).toList());
    return messages;
  }

  /** Waits until nothing is missing, or until no more events arrive. */
  private void awaitEvents(Checker checker) throws InterruptedException {
    try (Subscriber events = new Subscriber(broker.bootstrapServers(), VIOLATIONS);
        Subscriber deadLetters = new Subscriber(broker.bootstrapServers(), DEAD_LETTERS);
        Subscriber statuses = new Subscriber(broker.bootstrapServers(), STATUSES)) {
      int before = 0;
      int checked = 0;
      long changed = System.nanoTime();
      while (System.nanoTime() - changed < PATIENCE_NANOS) {
        int found = events.poll(POLL) + deadLetters.poll(POLL) + statuses.poll(POLL);
        if (found != before) {
          before = found;
          changed = System.nanoTime();
        } else if (found != checked) {
          checked = found;
          Findings sofar =
              checker.check(events.messages(), deadLetters.messages(), statuses.messages());
          if (sofar.lost() == 0) {
            Thread.sleep(AFTERWARDS_MILLIS);
            return;
          }
        }
      }
      LOG.warn("the engines send no more events, but some are missing");
    }
  }

  /** Stops everything, in the reverse order of its start. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().run();
    }
  }
}
