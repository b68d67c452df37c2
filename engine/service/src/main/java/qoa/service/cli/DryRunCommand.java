package qoa.service.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.engine.DryRun;
import qoa.core.engine.Revisions;
import qoa.core.model.RawReport;
import qoa.core.read.FileSource;
import qoa.core.sink.PrintingSink;
import qoa.service.config.EngineConfig;
import qoa.service.run.ConfiguredDryRun;

/** {@code qoa dry-run}. */
@Command(
    name = "dry-run",
    mixinStandardHelpOptions = true,
    description = "Evaluates recorded reports, one JSON object per line. Writes nothing to Kafka.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything is met",
      "1:could not run: a contract, policy or file is not valid",
      "2:something is undetermined, failed or late, a contract has no verdict, or there is a dead letter",
      "3:something is violated"
    })
final class DryRunCommand implements Callable<Integer> {

  /** The event time of reports that have none. */
  enum Timestamps {
    /** None: such a report is an error. */
    REPORTED,
    /** The start of the dry run. */
    NOW;

    /** The value on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private CommonOptions options;

  @Option(
      names = "--reports",
      required = true,
      paramLabel = "FILE",
      description = "File of recorded reports; - for standard input.")
  private String reports;

  @Option(
      names = "--timestamps",
      paramLabel = "reported|now",
      defaultValue = "reported",
      description =
          "Event time of reports that have none. reported: such a report is an error. now: the start"
              + " of the dry run. Default: ${DEFAULT-VALUE}.")
  private Timestamps timestamps;

  @Option(
      names = "--allow",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Outcomes to exempt from exit code 2, separated by commas: undetermined, unjudged,"
              + " dead-letters, late.")
  private Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    EngineConfig config = options.engineConfig();
    PrintStream out = StandardOutput.open();
    ProgressLine progress = new ProgressLine("reports");
    long now = System.currentTimeMillis();
    PrintingSink sink =
        options.json() ? PrintingSink.json(out, System.err) : PrintingSink.text(out);
    try (FileSource source = source(now, (int) config.limits().reportBytes())) {
      LongConsumer afterBatch =
          read -> {
            sink.flush();
            progress.show(read);
          };
      DryRun.Result run = ConfiguredDryRun.run(config, source, sink, now, afterBatch);
      progress.wipe();
      sink.summary(run.summary());
      StandardOutput.finish(out);
      int exitCode = ExitCode.of(run.summary(), allowed);
      Diagnostics diagnostics = Diagnostics.to(System.err, options.json());
      Revisions.warnings(config.judging().policies(), run.revision()).forEach(diagnostics::warning);
      DryRunNotes.of(run, exitCode).forEach(diagnostics::warning);
      return exitCode;
    }
  }

  private FileSource source(long now, int most) throws CannotRunException {
    long time = timestamps == Timestamps.NOW ? now : RawReport.NO_TIME;
    if (reports.equals("-")) {
      return new FileSource(reports, System.in, time, most);
    }
    Path file = Path.of(reports);
    if (Files.isDirectory(file)) {
      throw new CannotRunException(reports + " is a folder; --reports expects a file");
    }
    try {
      InputStream in = Files.newInputStream(file);
      return new FileSource(file.getFileName().toString(), in, time, most);
    } catch (IOException e) {
      throw new CannotRunException(
          "cannot read " + reports + (Files.exists(file) ? "" : ": no such file"));
    }
  }
}
