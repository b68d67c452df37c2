package qoa.service.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import qoa.core.documents.DurationText;
import qoa.core.documents.NearestName;
import qoa.core.model.DeadLetter.Reason;
import qoa.kafka.DeadLetterFilter;
import qoa.kafka.DeadLetterId;

/** The options that select dead letters. */
final class DeadLetterOptions {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      converter = ReasonConverter.class,
      completionCandidates = ReasonLabels.class,
      description =
          "Only dead letters with one of these reasons, separated by commas: ${COMPLETION-CANDIDATES}.")
  private List<Reason> reasons = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Only dead letters since this time:%n2026-11-24T10:00:00Z, or 1h for an hour ago.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only dead letters before this time, in the form of --since.")
  private Instant until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N, by partition and offset. Default: all.")
  private long limit = Long.MAX_VALUE;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The filter that the options select.
   *
   * @param ids only these dead letters; empty for all
   * @param redriven whether to include dead letters that were redriven before
   */
  DeadLetterFilter filter(Set<DeadLetterId> ids, boolean redriven) {
    Set<Reason> wanted = EnumSet.noneOf(Reason.class);
    wanted.addAll(reasons);
    try {
      return new DeadLetterFilter(wanted, since, until, ids, redriven, limit);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  /** The labels of all reasons, for help texts. */
  static final class ReasonLabels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return labels().iterator();
    }

    private static List<String> labels() {
      return Arrays.stream(Reason.values()).map(Reason::label).toList();
    }
  }

  /** Reads the label of a reason. */
  static final class ReasonConverter implements ITypeConverter<Reason> {
    @Override
    public Reason convert(String label) {
      return Arrays.stream(Reason.values())
          .filter(reason -> reason.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(unknown(label)));
    }

    private static String unknown(String label) {
      List<String> known = ReasonLabels.labels();
      return "unknown reason %s; expected one of %s%s"
          .formatted(label, String.join(", ", known), NearestName.hint(label, known));
    }
  }

  /** Reads a time, or a duration before now. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.indexOf('T') < 0
            ? Instant.now().minus(DurationText.parse(text))
            : OffsetDateTime.parse(text).toInstant();
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        throw new TypeConversionException(
            "expected a time such as 2026-11-24T10:00:00Z, or how long ago, as "
                + DurationText.EXPECTED);
      }
    }
  }

  /** Reads the partition and offset of a dead letter. */
  static final class IdConverter implements ITypeConverter<DeadLetterId> {
    @Override
    public DeadLetterId convert(String text) {
      try {
        return DeadLetterId.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
