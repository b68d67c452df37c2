package qoa.service.cli;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import qoa.core.model.RawReport.Header;
import qoa.kafka.Redrive.Dispatch;
import qoa.kafka.StoredDeadLetter;

/** Prints dead letters as text. Escapes terminal control characters. */
final class DeadLetterText implements DeadLetterFormat {

  @Override
  public String line(StoredDeadLetter deadLetter) {
    return "%s  %s  %s  %s  %,d B%s  %s%n"
        .formatted(
            deadLetter.id(),
            deadLetter.time(),
            DeadLetterFormat.reason(deadLetter),
            from(deadLetter),
            deadLetter.bytes(),
            deadLetter.redriven() ? "  [redriven]" : "",
            Printable.line(deadLetter.detail()))
        .stripTrailing()
        .concat("\n");
  }

  private static String from(StoredDeadLetter deadLetter) {
    return deadLetter
        .origin()
        .map(o -> Printable.line(o.topic()) + ":" + o.partition() + ":" + o.offset())
        .orElse("-");
  }

  @Override
  public String full(StoredDeadLetter deadLetter) {
    StringBuilder text = new StringBuilder();
    field(text, "id", deadLetter.id() + (deadLetter.redriven() ? " [redriven]" : ""));
    field(text, "since", deadLetter.time().toString());
    field(text, "reason", DeadLetterFormat.reason(deadLetter));
    field(text, "detail", Printable.line(deadLetter.detail()));
    field(text, "from", from(deadLetter));
    field(text, "sent", deadLetter.originalTime().map(Instant::toString).orElse("-"));
    field(text, "key", bytesOnOneLine(deadLetter.message().key()));
    for (Header header : deadLetter.message().headers()) {
      String value = bytesOnOneLine(header.value());
      field(text, "header", Printable.line(header.name()) + ": " + value);
    }
    field(text, "message", "%,d B".formatted(deadLetter.bytes()));
    return text + "\n" + MessageText.of(deadLetter.message().value());
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append("%-8s %s".formatted(name, value).stripTrailing()).append('\n');
  }

  private static String bytesOnOneLine(byte[] bytes) {
    if (bytes == null) {
      return "(none)";
    }
    return MessageText.utf8(bytes).map(Printable::line).orElseGet(() -> MessageText.hex(bytes));
  }

  @Override
  public String line(Dispatch dispatch, boolean dryRun) {
    StoredDeadLetter deadLetter = dispatch.deadLetter();
    String what =
        dispatch.topic() == null
            ? "not sent: " + Printable.line(dispatch.problem())
            : (dryRun ? "would be sent to " : "sent to ") + Printable.line(dispatch.topic());
    return "%s  %s  %s%s%n"
        .formatted(
            deadLetter.id(),
            DeadLetterFormat.reason(deadLetter),
            what,
            deadLetter.redriven() ? " again" : "");
  }

  @Override
  public String listed(Map<String, Long> counts) {
    return "dead letters: " + counted(counts);
  }

  @Override
  public String redriven(Map<String, Long> counts, long refused, boolean dryRun) {
    String not = refused == 0 ? "" : "; not sent: %,d".formatted(refused);
    return (dryRun ? "would be redriven: " : "redriven: ")
        + counted(counts).stripTrailing()
        + not
        + "\n";
  }

  private static String counted(Map<String, Long> counts) {
    String reasons =
        counts.entrySet().stream()
            .map(count -> "%s %,d".formatted(count.getKey(), count.getValue()))
            .collect(Collectors.joining(", "));
    return "%,d%s%n"
        .formatted(DeadLetterFormat.total(counts), reasons.isEmpty() ? "" : " (" + reasons + ")");
  }
}
