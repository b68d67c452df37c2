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
    description = "Lists dead letters, one a line, and how many there are of each reason.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed, be there any or none", "1:could not run"})
final class ListDeadLettersCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;
  @Mixin private DeadLetterOptions letters;

  @Option(names = "--all", description = "Those too that were redriven before.")
  private boolean all;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    DeadLetterFilter filter = letters.filter(Set.of(), all);
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
          "qoa: not shown for they were redriven: %,d; --all shows them too%n", hidden);
    }
    return ExitCode.OK;
  }
}
