package qoa.service.cli;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.kafka.DeadLetterFilter;
import qoa.kafka.DeadLetterTopic;
import qoa.kafka.StoredDeadLetter;
import qoa.service.config.EngineConfig;

/** {@code qoa dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists dead letters, one per line, and a count for each reason.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed (possibly none)", "1:could not run"})
final class ListDeadLettersCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;
  @Mixin private DeadLetterOptions selection;

  @Option(names = "--all", description = "Include dead letters that were redriven before.")
  private boolean all;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    DeadLetterFilter filter = selection.filter(Set.of(), all);
    EngineConfig config = options.engineConfig();
    DeadLetterFormat format = DeadLetterFormat.of(options);
    PrintStream out = StandardOutput.open();
    DeadLetterOutput<StoredDeadLetter> output =
        new DeadLetterOutput<>(out, format::line, Function.identity());
    long hidden;
    try (DeadLetterTopic topic =
        new DeadLetterTopic(config.kafka(), config.topics().deadLetters())) {
      hidden = topic.read(filter, output);
    } finally {
      output.wipe();
    }
    out.append(format.listed(output.counts()));
    StandardOutput.finish(out);
    if (hidden > 0) {
      System.err.printf(
          "qoa: not shown, because already redriven: %,d; use --all to show them%n", hidden);
    }
    return ExitCode.OK;
  }
}
