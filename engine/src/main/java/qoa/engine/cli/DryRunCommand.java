package qoa.engine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.engine.config.EngineConfig;
import qoa.engine.emit.PrintingSink;
import qoa.engine.emit.Summary;
import qoa.engine.ingest.FileSource;
import qoa.engine.model.ProblemsException;
import qoa.engine.pipeline.CannotRunException;
import qoa.engine.pipeline.DryRun;

/** {@code qoa dry-run}. */
@Command(
    name = "dry-run",
    mixinStandardHelpOptions = true,
    description = "Evaluates recorded reports, one JSON a line; writes nothing to Kafka.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all met",
      "1:could not run: a bad contract, policy or file",
      "2:something undetermined, or nothing to judge",
      "3:something violated"
    })
final class DryRunCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  @Option(
      names = "--reports",
      required = true,
      paramLabel = "FILE",
      description = "Recorded reports; - reads standard input.")
  private String reports;

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    EngineConfig config = options.engineConfig();
    PrintStream out = StandardOutput.open();
    Progress progress = new Progress("reports");
    PrintingSink sink =
        options.json() ? PrintingSink.json(out, System.err) : PrintingSink.text(out);
    try (FileSource source = source()) {
      Summary summary =
          DryRun.run(config, source, sink, System.currentTimeMillis(), progress::show);
      progress.wipe();
      sink.summary(summary);
      explain(summary);
      StandardOutput.finish(out);
      return ExitCode.of(summary);
    }
  }

  /** Says why nothing was judged, where that is so. */
  private static void explain(Summary summary) {
    if (summary.evaluations() == 0) {
      System.err.println("qoa: no contract asks for any of these reports; see their application");
    } else if (summary.met() + summary.violated() + summary.undetermined() + summary.failed()
        == 0) {
      System.err.println("qoa: no policy said anything: neither met, violation nor undetermined");
    }
  }

  private FileSource source() throws CannotRunException {
    if (reports.equals("-")) {
      return new FileSource(reports, System.in);
    }
    Path file = Path.of(reports);
    if (Files.isDirectory(file)) {
      throw new CannotRunException(reports + " is a folder; --reports takes a file");
    }
    try {
      InputStream in = Files.newInputStream(file);
      return new FileSource(file.getFileName().toString(), in);
    } catch (IOException e) {
      throw new CannotRunException(
          "cannot read " + reports + (Files.exists(file) ? "" : ": no such file"));
    }
  }
}
