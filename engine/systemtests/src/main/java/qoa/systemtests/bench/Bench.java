package qoa.systemtests.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractLoader;
import qoa.core.contracts.ContractSet;
import qoa.core.decode.ReportDecoder;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.evaluate.opa.OpaEvaluator;
import qoa.core.evaluate.plan.PlanEvaluator;
import qoa.core.model.Incoming;
import qoa.core.model.RawReport;
import qoa.core.policies.OpaBinary;
import qoa.core.policies.PolicyLoader;
import qoa.core.read.AnyPartitions;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.kafka.BareConsumer;
import qoa.kafka.KafkaSource;
import qoa.kafka.Topics;
import qoa.rego.budget.Limits;

/** Measures the engine beside what it is to be compared with, in one run. */
@Command(
    name = "scripts/bench",
    mixinStandardHelpOptions = true,
    description = "Measures reports a second, side by side, on a broker of its own.")
public final class Bench implements Callable<Integer> {

  /** What is measured, in the order of the table. */
  private enum Subject {
    A("consumer that only receives bytes"),
    B("decode only"),
    C("whole engine, window contract"),
    D("whole engine, each-report contract"),
    E("one HTTP query to OPA per report"),
    F("as (c), policies as a plan in this process"),
    G("as (d), policies as a plan in this process"),
    H("as (f), two threads with a partition each"),
    I("as (g), two threads with a partition each");

    final String title;

    Subject(String title) {
      this.title = title;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String TOPIC = "reports";
  private static final String SECOND_TOPIC = "reports-2";
  private static final int EACH_REPORT = 12_000;
  private static final int ONE_QUERY = 4_000;

  @Option(names = "--reports", description = "how many in the topic (default: ${DEFAULT-VALUE})")
  private int reports = 400_000;

  @Option(
      names = "--rounds",
      description = "of which the median counts (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--only", split = ",", description = "a list of ${COMPLETION-CANDIDATES}")
  private Set<Subject> only = EnumSet.allOf(Subject.class);

  @Option(
      names = "--restarts",
      description = "measure this instead: how soon an engine works again that was killed so often")
  private int restarts;

  private final Path home = Path.of(System.getProperty("qoa.home", ""));
  private final Map<Subject, List<Measured>> results = new EnumMap<>(Subject.class);
  private String bootstrapServers;
  private Revision windows;
  private Revision eachReport;
  private PolicyEvaluator windowEvaluator;
  private PolicyEvaluator eachReportEvaluator;
  private PolicyEvaluator windowPlan;
  private PolicyEvaluator eachReportPlan;
  private OneQueryRun oneQuery;

  private Bench() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.now();
    if (restarts > 0) {
      try (BrokerProcess broker = BrokerProcess.start();
          Restart restart = new Restart(broker.bootstrapServers())) {
        restart.run(restarts);
      }
      return 0;
    }
    Path opa = OpaBinary.locate().path();
    windows = revision("object-detection");
    eachReport = revision("object-detection-requests");
    try (BrokerProcess broker = BrokerProcess.start();
        PolicyEvaluator forWindows = OpaEvaluator.create(OpaConfig.managed(), opa);
        PolicyEvaluator forEachReport = OpaEvaluator.create(OpaConfig.managed(), opa);
        OneQueryRun oneQueryRun =
            new OneQueryRun(opa, home.resolve("policies"), contract(eachReport))) {
      bootstrapServers = broker.bootstrapServers();
      windowEvaluator = forWindows;
      windowEvaluator.prepare(windows);
      eachReportEvaluator = forEachReport;
      eachReportEvaluator.prepare(eachReport);
      windowPlan = plan(windows);
      eachReportPlan = plan(eachReport);
      oneQuery = oneQueryRun;
      long bytes = fillTopic();
      measureRounds();
      System.out.println(machine.describe(opa));
      System.out.printf(
          "%,d reports of %,d bytes on average; medians of %d rounds%n%n", reports, bytes, rounds);
      printTable();
    }
    return 0;
  }

  private Revision revision(String id) throws Exception {
    Contract contract = ContractLoader.load(home.resolve("contracts")).find(id).orElseThrow();
    return Revision.of(
        PolicyLoader.load(home.resolve("policies")), new ContractSet(List.of(contract)));
  }

  private static PolicyEvaluator plan(Revision revision) throws Exception {
    PolicyEvaluator evaluator = new PlanEvaluator(Limits.DEFAULT, Clock.systemUTC());
    evaluator.prepare(revision);
    return evaluator;
  }

  private static Contract contract(Revision revision) {
    return revision.contracts().contracts().get(0);
  }

  private long fillTopic() throws Exception {
    try (Topics topics = new Topics(Map.of("bootstrap.servers", bootstrapServers))) {
      topics.ensure(TOPIC, Optional.empty(), Map.of());
      topics.ensure(SECOND_TOPIC, Optional.empty(), Map.of());
    }
    say("sends %,d reports, twice".formatted(reports));
    RecordedTraffic recorded =
        new RecordedTraffic(home.resolve("testdata/reports/object-detection-ml.ndjson"));
    recorded.send(bootstrapServers, SECOND_TOPIC, reports);
    return recorded.send(bootstrapServers, TOPIC, reports);
  }

  private void measureRounds() throws Exception {
    for (int round = 0; round <= rounds; round++) {
      for (Subject subject : only) {
        Measured measured = measure(subject);
        say(
            "%s (%s) %,.0f reports/s, %.2f µs of CPU each"
                .formatted(
                    round == 0 ? "warm-up" : "round " + round,
                    subject.label(),
                    measured.perSecond(),
                    measured.cpuMicros()));
        if (round > 0) {
          results.computeIfAbsent(subject, s -> new ArrayList<>()).add(measured);
        }
      }
    }
  }

  private Measured measure(Subject subject) throws Exception {
    int few = Math.min(reports, EACH_REPORT);
    Map<String, Object> client =
        Map.of("bootstrap.servers", bootstrapServers, "group.id", "bench-" + UUID.randomUUID());
    return switch (subject) {
      case A -> receive(client);
      case B -> decode(client);
      case C -> new EngineRun(client, TOPIC, windows, windowEvaluator).run(reports);
      case D -> new EngineRun(client, TOPIC, eachReport, eachReportEvaluator).run(few);
      case F -> new EngineRun(client, TOPIC, windows, windowPlan).run(reports);
      case G -> new EngineRun(client, TOPIC, eachReport, eachReportPlan).run(reports);
      case H -> twice(client, windows, windowPlan);
      case I -> twice(client, eachReport, eachReportPlan);
      case E -> oneQuery.run(TOPIC, client, Math.min(reports, ONE_QUERY));
    };
  }

  /** Two engines, as a service with two threads runs them. */
  private Measured twice(Map<String, Object> client, Revision revision, PolicyEvaluator evaluator)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Measured> one =
          threads.submit(() -> new EngineRun(client, TOPIC, revision, evaluator).run(reports));
      Map<String, Object> other = new HashMap<>(client);
      other.put("group.id", "bench-" + UUID.randomUUID());
      Future<Measured> two =
          threads.submit(
              () -> new EngineRun(other, SECOND_TOPIC, revision, evaluator).run(reports));
      return one.get().beside(two.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private Measured receive(Map<String, Object> client) {
    Measured.Watch watch = new Measured.Watch();
    long received = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = BareConsumer.on(TOPIC, client)) {
      while (received < reports) {
        int count = consumer.poll(Duration.ofMillis(50)).count();
        received += count;
        watch.took(count);
      }
      return watch.stop();
    }
  }

  private Measured decode(Map<String, Object> client) throws Exception {
    ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());
    Measured.Watch watch = new Measured.Watch();
    long observations = 0;
    long received = 0;
    try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), null)) {
      source.open(new AnyPartitions());
      while (received < reports) {
        List<Incoming> batch = source.poll(50);
        for (Incoming message : batch) {
          observations += decoder.decode((RawReport) message).observations().size();
        }
        received += batch.size();
        watch.took(batch.size());
      }
      Measured measured = watch.stop();
      if (observations < received) {
        throw new IllegalStateException("too few observations: " + observations);
      }
      return measured;
    }
  }

  private void printTable() {
    System.out.println("| | reports/s | of (a) | times (e) | CPU µs/report |");
    System.out.println("|---|--:|--:|--:|--:|");
    for (Subject subject : results.keySet()) {
      System.out.printf(
          "| (%s) %s | %,.0f | %s | %s | %.2f |%n",
          subject.label(),
          subject.title,
          median(results.get(subject), Measured::perSecond),
          ratio(subject, Subject.A, "%.3f"),
          ratio(subject, Subject.E, "%.1f"),
          median(results.get(subject), Measured::cpuMicros));
    }
  }

  /** The median of the rounds' ratios: what slowed a round down slowed both. */
  private String ratio(Subject subject, Subject to, String format) {
    if (!results.containsKey(to)) {
      return "";
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ratios.add(
          results.get(subject).get(round).perSecond() / results.get(to).get(round).perSecond());
    }
    return format.formatted(median(ratios, ratio -> ratio));
  }

  private static <T> double median(List<T> values, ToDoubleFunction<T> of) {
    double[] sorted = values.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void say(String progress) {
    System.err.println("bench: " + progress);
  }
}
