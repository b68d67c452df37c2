package qoa.engine.cli;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.engine.config.EngineConfig;
import qoa.engine.kafka.DeadLetterTopic;
import qoa.engine.kafka.Letter;
import qoa.engine.kafka.LetterFilter;
import qoa.engine.model.ProblemsException;
import qoa.engine.pipeline.CannotRunException;

/** {@code qoa dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists dead letters, one a line, and how many there are of each reason.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:listed, be there any or none", "1:could not run"})
final class ListLettersCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;
  @Mixin private LetterOptions letters;

  @Option(names = "--all", description = "Those too that were redriven before.")
  private boolean all;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    LetterFilter filter = letters.filter(Set.of(), all);
    EngineConfig config = options.engineConfig();
    LetterFormat format = LetterFormat.of(options);
    PrintStream out = StandardOutput.open();
    LetterOutput<Letter> output = new LetterOutput<>(out, format::line, Function.identity());
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
