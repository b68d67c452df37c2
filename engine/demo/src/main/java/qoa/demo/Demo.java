package qoa.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import qoa.core.documents.Counted;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.sink.FanOut;
import qoa.core.sink.PrintingSink;
import qoa.core.sink.Sink;
import qoa.kafka.KafkaConfig;
import qoa.service.config.EngineConfig;
import qoa.service.config.HttpConfig;
import qoa.service.run.Service;

/**
 * Runs everything on this machine: a real broker, a simulated service that sends reports, and the
 * engine that judges them. Prints violations as they happen, and a table at the end.
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
   * @param config its Kafka clients and ports are replaced
   * @param out violations and the final table are printed here
   * @param progress progress messages are printed here
   */
  public Demo(EngineConfig config, PrintStream out, PrintStream progress) {
    this.config = config;
    this.out = out;
    this.progress = progress;
  }

  /** Stops the demo early. Any thread may call it. */
  public void stop() {
    stopping = true;
  }

  /**
   * Runs for the given time.
   *
   * @throws ProblemsException if contracts or policies are not valid
   * @throws CannotRunException if a managed OPA does not start, or the service fails
   */
  public void run(Duration length)
      throws ProblemsException, CannotRunException, InterruptedException {
    progress.println("demo: starting a Kafka broker in this process");
    String topic = config.topics().reports().get(0);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic(topic, 1, Map.of());
      progress.println("demo: starting the engine");
      Scoreboard scoreboard = new Scoreboard();
      Sink watcher = new FanOut(List.of(PrintingSink.text(out), scoreboard));
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
        demo: a simulated object detection service sends reports; it is slow at first and recovers,
              then its model is poor for a while; a window of 10 s is judged 2 s after its end
        demo: the broker is at %1$s, metrics and health at %2$s; try in another terminal:
              scripts/qoa events --bootstrap-server %1$s --from-beginning
              curl -s %2$s/metrics | grep -E '^qoa_(violations_total|open_violations)'
              curl -s %2$s/health/ready
        demo: edit a promise in %3$s/object-detection.yaml meanwhile; the engine applies it within 2 s"""
            .formatted(broker.bootstrapServers(), service.url(), config.judging().contracts()));
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
          Run it longer (--for 5m) and edit %s/object-detection.yaml meanwhile,
          for example value: 0.1 to 0.3. The engine applies the new value within 2 s.
          Evaluate recorded reports:
            scripts/qoa dry-run --reports testdata/reports/object-detection-ml.ndjson
          Read the guides: contracts/README.md, policies/README.md
        """,
        config.judging().contracts());
    out.flush();
  }
}
