package qoa.service.cli;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.kafka.DeadLetterFilter;
import qoa.kafka.DeadLetterId;
import qoa.kafka.DeadLetterTopic;
import qoa.kafka.StoredDeadLetter;
import qoa.service.config.EngineConfig;

/** {@code qoa dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one dead letter in full.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:shown", "1:could not run, or there is no such dead letter"})
final class ShowDeadLetterCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;

  @Parameters(
      paramLabel = "PARTITION:OFFSET",
      converter = DeadLetterOptions.IdConverter.class,
      description = "Partition and offset in the dead-letter topic, as printed by list.")
  private DeadLetterId id;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    EngineConfig config = options.engineConfig();
    PrintStream out = StandardOutput.open();
    DeadLetterOutput<StoredDeadLetter> output =
        new DeadLetterOutput<>(out, DeadLetterFormat.of(options)::full, Function.identity());
    String name = config.topics().deadLetters();
    try (DeadLetterTopic topic = new DeadLetterTopic(config.kafka(), name)) {
      topic.read(new DeadLetterFilter(Set.of(), null, null, Set.of(id), true, 1), output);
    } finally {
      output.wipe();
    }
    if (output.counts().isEmpty()) {
      throw new CannotRunException("no dead letter " + id + " in topic " + name);
    }
    StandardOutput.finish(out);
    return ExitCode.OK;
  }
}
