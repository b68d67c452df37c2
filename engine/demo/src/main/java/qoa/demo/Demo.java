package qoa.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import qoa.core.documents.Counted;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.sink.PrintingSink;
import qoa.core.sink.TeeSink;
import qoa.kafka.KafkaConfig;
import qoa.service.config.EngineConfig;
import qoa.service.config.HttpConfig;
import qoa.service.run.Service;

/**
 * Everything on this machine: a real broker, a simulated service that reports to it, and the engine
 * that judges what it reports. Violations print as they happen; a table closes it.
 */
public final class Demo {

  private static final int ANY_FREE_PORT = 0;
  private static final long PROGRESS_MILLIS = 5_000;
  private static final long TICK_MILLIS = 100;

  private final EngineConfig config;
  private final PrintStream out;
  private final PrintStream progress;
  private volatile boolean stopping;

  /**
   * @param config contracts, policies and evaluator are taken from it, Kafka and ports are not
   * @param out what happens
   * @param progress what is waited for
   */
  public Demo(EngineConfig config, PrintStream out, PrintStream progress) {
    this.config = config;
    this.out = out;
    this.progress = progress;
  }

  /** Ends the demo early. Any thread may call it. */
  public void stop() {
    stopping = true;
  }

  /**
   * Runs for a while.
   *
   * @throws ProblemsException where contracts or policies cannot be used
   * @throws CannotRunException where an OPA of our own does not start, or the service fails
   */
  public void run(Duration length)
      throws ProblemsException, CannotRunException, InterruptedException {
    progress.println("demo: starts a Kafka broker in this process");
    String topic = config.topics().reports().get(0);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic(topic, 1, Map.of());
      progress.println("demo: starts the engine");
      Scoreboard scoreboard = new Scoreboard();
      TeeSink watcher = new TeeSink(PrintingSink.text(out), scoreboard);
      try (Service service = Service.start(settings(broker), watcher);
          SimulatedService simulation = new SimulatedService(broker.bootstrapServers(), topic)) {
        introduce(service, broker);
        watch(service, simulation, scoreboard, length);
      }
      conclude(scoreboard);
    }
  }

  private EngineConfig settings(EmbeddedBroker broker) {
    Map<String, String> here = Map.of("bootstrap.servers", broker.bootstrapServers());
    return config.at(
        new KafkaConfig(here, Map.of(), Map.of()),
        new HttpConfig(config.http().host(), ANY_FREE_PORT));
  }

  private void introduce(Service service, EmbeddedBroker broker) {
    progress.println(
        """
        demo: a simulated object detection service reports; it is slow now, gets well, and then
              its model is poor for a while; a window is judged 2 s after its 10 s are over
        demo: the broker is at %1$s, metrics and health at %2$s; in another terminal:
              scripts/qoa events --bootstrap-server %1$s --from-beginning
              curl -s %2$s/metrics | grep -E '^qoa_(violations_total|open_violations)'
              curl -s %2$s/health/ready
        demo: edit a promise of %3$s/object-detection.yaml meanwhile: it counts from then on"""
            .formatted(broker.bootstrapServers(), service.url(), config.contracts()));
  }

  private void watch(
      Service service, SimulatedService simulation, Scoreboard scoreboard, Duration length)
      throws CannotRunException, InterruptedException {
    long start = System.currentTimeMillis();
    long end = start + length.toMillis();
    long next = start + PROGRESS_MILLIS;
    while (!stopping && System.currentTimeMillis() < end) {
      Thread.sleep(TICK_MILLIS);
      long now = System.currentTimeMillis();
      if (service.health().failure().isPresent()) {
        service.await();
        return;
      }
      if (now >= next) {
        next += PROGRESS_MILLIS;
        progress.printf(
            "demo: %d s, %s, %s open%n",
            (now - start) / 1000,
            Counted.of(simulation.sent(), "report"),
            Counted.of(scoreboard.open(), "violation"));
      }
    }
  }

  private void conclude(Scoreboard scoreboard) {
    out.println();
    scoreboard.print(out);
    out.println();
    out.println("What next:");
    out.printf(
        """
          run it longer (--for 5m), and while it runs edit %s/object-detection.yaml,
          say value: 0.1 to 0.3: what is judged from then on is judged by that
          see what would have been said of recorded reports:
            scripts/qoa dry-run --reports testdata/reports/object-detection-ml.ndjson
          Guides: contracts/README.md, policies/README.md
        """,
        config.contracts());
    out.flush();
  }
}
