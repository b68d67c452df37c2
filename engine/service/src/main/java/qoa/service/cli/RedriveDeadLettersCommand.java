package qoa.service.cli;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.kafka.DeadLetterFilter;
import qoa.kafka.DeadLetterId;
import qoa.kafka.DeadLetterTopic;
import qoa.kafka.DeadLetterVisitor;
import qoa.kafka.Redrive;
import qoa.kafka.Redrive.Dispatch;
import qoa.kafka.StoredDeadLetter;
import qoa.service.config.EngineConfig;

/** {@code qoa dead-letters redrive}. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters back to their original topics, each exactly once.",
      "If it is interrupted, run it again. It sends the rest."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all selected dead letters are sent (possibly none)",
      "1:could not run or could not continue, or some dead letters cannot be sent"
    })
final class RedriveDeadLettersCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;
  @Mixin private DeadLetterOptions selection;

  @Parameters(
      paramLabel = "PARTITION:OFFSET",
      arity = "0..*",
      converter = DeadLetterOptions.IdConverter.class,
      description = "Only these dead letters. Default: all that the options select.")
  private List<DeadLetterId> ids = List.of();

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "Topic to send to. Default: the original topic of each dead letter.")
  private String to;

  @Option(names = "--again", description = "Include dead letters that were redriven before.")
  private boolean again;

  @Option(names = "--dry-run", description = "Print what would be sent, but send nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    DeadLetterFilter filter = selection.filter(Set.copyOf(ids), again);
    EngineConfig config = options.engineConfig();
    DeadLetterFormat format = DeadLetterFormat.of(options);
    PrintStream out = StandardOutput.open();
    DeadLetterOutput<Dispatch> output =
        new DeadLetterOutput<>(
            out,
            dispatch -> format.line(dispatch, dryRun),
            dispatch -> dispatch.topic() == null ? null : dispatch.deadLetter());
    long before;
    try (DeadLetterTopic topic =
        new DeadLetterTopic(config.kafka(), config.topics().deadLetters())) {
      refuseUnknown(topic, config.topics().deadLetters());
      Redrive redrive = new Redrive(config.kafka(), topic, to);
      before = dryRun ? redrive.dryRun(filter, output) : redrive.run(filter, output);
    } finally {
      output.wipe();
    }
    out.append(format.redriven(output.counts(), output.others(), dryRun));
    StandardOutput.finish(out);
    if (before > 0) {
      System.err.printf(
          "qoa: skipped, because already redriven: %,d; use --again to send them again%n", before);
    }
    return output.others() == 0 ? ExitCode.OK : ExitCode.COULD_NOT_RUN;
  }

  /** Refuses to send anything if one of the given dead letters does not exist. */
  private void refuseUnknown(DeadLetterTopic topic, String name) throws CannotRunException {
    if (ids.isEmpty()) {
      return;
    }
    Set<DeadLetterId> unknown = new LinkedHashSet<>(ids);
    DeadLetterFilter named =
        new DeadLetterFilter(Set.of(), null, null, Set.copyOf(ids), true, unknown.size());
    topic.read(
        named,
        new DeadLetterVisitor<>() {
          @Override
          public void visit(List<StoredDeadLetter> batch) {
            batch.forEach(deadLetter -> unknown.remove(deadLetter.id()));
          }

          @Override
          public void progress(int read) {} // shown for the redrive only
        });
    if (!unknown.isEmpty()) {
      String list = unknown.stream().map(DeadLetterId::toString).collect(Collectors.joining(", "));
      throw new CannotRunException(
          "no dead letter " + list + " in topic " + name + "; nothing was redriven");
    }
  }
}
