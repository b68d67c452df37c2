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
      "Sends dead letters back to the topics that they came from, each exactly once.",
      "Whatever is killed, run it again; it sends what was not sent."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all that were meant are sent, be there any or none",
      "1:could not run, or go on, or some cannot be sent"
    })
final class RedriveDeadLettersCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options;
  @Mixin private DeadLetterOptions letters;

  @Parameters(
      paramLabel = "PARTITION:OFFSET",
      arity = "0..*",
      converter = DeadLetterOptions.IdConverter.class,
      description = "Just these letters. Default: all that the options ask for.")
  private List<DeadLetterId> ids = List.of();

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "Where to send them. Default: each to the topic it came from.")
  private String to;

  @Option(names = "--again", description = "Those too that were redriven before.")
  private boolean again;

  @Option(names = "--dry-run", description = "Says what it would do, and sends nothing.")
  private boolean rehearsal;

  @Override
  public Integer call() throws ProblemsException, CannotRunException {
    DeadLetterFilter filter = letters.filter(Set.copyOf(ids), again);
    EngineConfig config = options.engineConfig();
    DeadLetterFormat format = DeadLetterFormat.of(options);
    PrintStream out = StandardOutput.open();
    DeadLetterOutput<Dispatch> output =
        new DeadLetterOutput<>(
            out,
            dispatch -> format.line(dispatch, rehearsal),
            dispatch -> dispatch.topic() == null ? null : dispatch.letter());
    long before;
    try (DeadLetterTopic topic =
        new DeadLetterTopic(config.kafka(), config.topics().deadLetters())) {
      refuseUnknown(topic, config.topics().deadLetters());
      Redrive redrive = new Redrive(config.kafka(), topic, to);
      before = rehearsal ? redrive.rehearse(filter, output) : redrive.run(filter, output);
    } finally {
      output.wipe();
    }
    out.append(format.redriven(output.counts(), output.others(), rehearsal));
    StandardOutput.finish(out);
    if (before > 0) {
      System.err.printf(
          "qoa: left out for they were redriven before: %,d; --again sends them again%n", before);
    }
    return output.others() == 0 ? ExitCode.OK : ExitCode.COULD_NOT_RUN;
  }

  /** A letter that is asked for by its id and is not there is a slip, and nothing is sent. */
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
            batch.forEach(letter -> unknown.remove(letter.id()));
          }

          @Override
          public void progress(int read) {} // is shown of the redrive itself
        });
    if (!unknown.isEmpty()) {
      String list = unknown.stream().map(DeadLetterId::toString).collect(Collectors.joining(", "));
      throw new CannotRunException(
          "there is no letter " + list + " in " + name + "; nothing was redriven");
    }
  }
}
