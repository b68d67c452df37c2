package qoa.service.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
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

/** Which dead letters are meant. */
final class DeadLetterOptions {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      converter = ReasonConverter.class,
      description =
          "Only these: empty, too_large, not_json, too_deep, duplicate_key, number_out_of_range,"
              + " name_too_long, unknown_shape, wrong_type, no_application, no_time, invalid_time.")
  private List<Reason> reasons = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Became dead letters then or later: 2026-11-24T10:00:00Z, or 1h for an hour ago.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Became dead letters before: as --since.")
  private Instant until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The first N, by partition and offset. Default: all.")
  private long limit = Long.MAX_VALUE;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * What the options ask for.
   *
   * @param ids just these letters; empty for all
   * @param redriven whether letters are meant that were redriven before
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

  /** The labels that stand in headers. */
  static final class ReasonConverter implements ITypeConverter<Reason> {
    @Override
    public Reason convert(String label) {
      return Arrays.stream(Reason.values())
          .filter(reason -> reason.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(unknown(label)));
    }

    private static String unknown(String label) {
      List<String> known = Arrays.stream(Reason.values()).map(Reason::label).toList();
      return "no such reason: %s%s (known: %s)"
          .formatted(label, NearestName.hint(label, known), String.join(", ", known));
    }
  }

  /** An instant, or how long ago. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.indexOf('T') < 0
            ? Instant.now().minus(DurationText.parse(text))
            : OffsetDateTime.parse(text).toInstant();
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        throw new TypeConversionException(
            "expected a time such as 2026-11-24T10:00:00Z, or how long ago: "
                + DurationText.EXPECTED);
      }
    }
  }

  /** A letter's place. */
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
