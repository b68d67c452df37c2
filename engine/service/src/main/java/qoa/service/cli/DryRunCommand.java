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
    description = "Evaluates recorded reports, one JSON a line; writes nothing to Kafka.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all met",
      "1:could not run: a bad contract, policy or file",
      "2:something undetermined, failed or late, a contract without any verdict, or a dead letter",
      "3:something violated"
    })
final class DryRunCommand implements Callable<Integer> {

  /** When reports were made that do not say so. */
  enum Timestamps {
    /** Nobody knows, so they are refused. */
    REPORTED,
    /** When the dry run began. */
    NOW;

    /** What the command line shows and takes. */
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
      description = "Recorded reports; - reads standard input.")
  private String reports;

  @Option(
      names = "--timestamps",
      paramLabel = "reported|now",
      defaultValue = "reported",
      description =
          "The event time of reports that have none: with reported, they are an error."
              + " Default: ${DEFAULT-VALUE}.")
  private Timestamps timestamps;

  @Option(
      names = "--allow",
      paramLabel = "WHAT",
      split = ",",
      description =
          "What does not end with exit code 2: undetermined, unjudged, dead-letters, late.")
  private Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    EngineConfig config = options.engineConfig();
    PrintStream out = StandardOutput.open();
    Progress progress = new Progress("reports");
    long now = System.currentTimeMillis();
    PrintingSink sink =
        options.json() ? PrintingSink.json(out, System.err) : PrintingSink.text(out);
    try (FileSource source = source(now, (int) config.limits().reportBytes())) {
      DryRun.Result run = ConfiguredDryRun.run(config, source, sink, now, progress::show);
      progress.wipe();
      sink.summary(run.summary());
      StandardOutput.finish(out);
      int exitCode = ExitCode.of(run.summary(), allowed);
      Diagnostics diagnostics = Diagnostics.to(System.err, options.json());
      Revisions.warnings(config.policies(), run.revision()).forEach(diagnostics::warning);
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
      throw new CannotRunException(reports + " is a folder; --reports takes a file");
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
