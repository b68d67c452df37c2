package qoa.systemtests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qoa.systemtests.faults.check.Findings;

/** Runs engines while faults are injected, and checks the events that they write. */
@Command(
    name = "scripts/faults",
    mixinStandardHelpOptions = true,
    description = {
      "Runs engines while faults are injected. An independent checker compares their events with"
          + " the expected events.",
      "Exit code 0 if every event occurs once and has the expected content, else 1."
    })
public final class Faults implements Callable<Integer> {

  private static final int MOST_DIFFERENCES = 7;

  @Option(names = "--minutes", description = "Duration of the run. Default: ${DEFAULT-VALUE}.")
  private double minutes = 2;

  @Option(names = "--seed", description = "Seed of the faults and reports. Default: random.")
  private Long seed;

  @Option(
      names = "--engines",
      description = "Number of engines, 1 to 3. Default: ${DEFAULT-VALUE}.")
  private int engines = 3;

  @Option(
      names = "--backends",
      split = ",",
      description =
          "How each engine evaluates policies, instead of --engines: a list of ${COMPLETION-CANDIDATES}.")
  private List<Backend> backends = List.of();

  @Option(
      names = "--keyed-by",
      description = "Key of the reports: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private KeyedBy layout = KeyedBy.APPLICATION;

  @Option(
      names = "--partitions",
      description = "Partitions of the topic of reports. Default: ${DEFAULT-VALUE}.")
  private int partitions = 4;

  @Option(names = "--rate", description = "Reports per second. Default: ${DEFAULT-VALUE}.")
  private int rate = 150;

  @Option(
      names = "--crowd",
      description = "Number of applications that report rarely. Default: ${DEFAULT-VALUE}.")
  private int crowd = 2_000;

  @Option(
      names = "--faults",
      split = ",",
      description = "Faults to inject: a list of ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);

  @Option(names = "--without", split = ",", description = "Faults to leave out.")
  private Set<FaultKind> without = Set.of();

  @Option(names = "--calm", description = "Inject no faults.")
  private boolean calm;

  @Option(names = "--keep", description = "Keep the files of the run even if nothing is wrong.")
  private boolean keep;

  @Spec private CommandSpec spec;

  private Faults() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Faults()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Backend> judges = backends();
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    Path folder = Files.createTempDirectory("qoa-faults");
    System.err.println("faults: seed " + chosen + ", files in " + folder);
    RunSettings settings =
        new RunSettings(
            Path.of(System.getProperty("qoa.home", "")).toAbsolutePath(),
            folder,
            chosen,
            judges,
            calm ? Set.of() : chosenKinds(),
            Duration.ofMillis((long) (minutes * 60_000)),
            new Traffic(layout, partitions, rate, crowd));
    FaultRun.Result result;
    try (FaultRun run = new FaultRun(settings)) {
      result = run.run();
    }
    print(settings, result);
    if (!result.findings().isClean()) {
      Files.write(folder.resolve("differences.txt"), result.findings().differences());
      return 1;
    }
    if (!keep) {
      delete(folder);
    }
    return 0;
  }

  private Set<FaultKind> chosenKinds() {
    Set<FaultKind> chosen = EnumSet.noneOf(FaultKind.class);
    chosen.addAll(kinds);
    chosen.removeAll(without);
    return chosen;
  }

  private List<Backend> backends() {
    if (!backends.isEmpty()) {
      return backends;
    }
    if (engines < 1 || engines > 3) {
      throw new ParameterException(spec.commandLine(), "--engines must be 1 to 3, not " + engines);
    }
    return List.of(Backend.MANAGED, Backend.PROXIED, Backend.PLAN).subList(0, engines);
  }

  /** Deletes the files of a run without differences. */
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void print(RunSettings settings, FaultRun.Result result) {
    Findings findings = result.findings();
    System.out.printf(
        "seed %d, %d engines (%s), reports keyed by %s on %d partitions%n%n",
        settings.seed(),
        settings.backends().size(),
        settings.backends(),
        settings.traffic().layout(),
        settings.traffic().partitions());
    System.out.println("| | |");
    System.out.println("|---|--:|");
    result.injected().forEach((kind, times) -> row(kind.title(), times));
    row("engines that ended by themselves, started again", result.endedByThemselves());
    row("messages sent", findings.reports());
    row("dead letters expected", findings.deadLetters());
    row("events expected", findings.events());
    row("**lost**", findings.lost());
    row("**duplicated**", findings.duplicated());
    row("**wrong**", findings.wrong());
    findings
        .firstDifferences(MOST_DIFFERENCES)
        .forEach(difference -> System.out.println("\n- " + difference));
  }

  private static void row(String title, long count) {
    System.out.printf("| %s | %,d |%n", title, count);
  }
}
