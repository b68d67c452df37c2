package qoa.service.cli;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import qoa.core.model.RawReport.Header;
import qoa.kafka.Redrive.Dispatch;
import qoa.kafka.StoredDeadLetter;

/** Dead letters for people. What is hostile in them does not reach the terminal. */
final class DeadLetterText implements DeadLetterFormat {

  @Override
  public String line(StoredDeadLetter letter) {
    return "%s  %s  %s  %s  %,d B%s  %s%n"
        .formatted(
            letter.id(),
            letter.time(),
            DeadLetterFormat.reason(letter),
            from(letter),
            letter.bytes(),
            letter.redriven() ? "  [redriven]" : "",
            Printable.line(letter.detail()))
        .stripTrailing()
        .concat("\n");
  }

  private static String from(StoredDeadLetter letter) {
    return letter
        .origin()
        .map(o -> Printable.line(o.topic()) + ":" + o.partition() + ":" + o.offset())
        .orElse("-");
  }

  @Override
  public String full(StoredDeadLetter letter) {
    StringBuilder text = new StringBuilder();
    field(text, "letter", letter.id() + (letter.redriven() ? " [redriven]" : ""));
    field(text, "since", letter.time().toString());
    field(text, "reason", DeadLetterFormat.reason(letter));
    field(text, "detail", Printable.line(letter.detail()));
    field(text, "from", from(letter));
    field(text, "sent", letter.originalTime().map(Instant::toString).orElse("-"));
    field(text, "key", bytesOnOneLine(letter.message().key()));
    for (Header header : letter.message().headers()) {
      String value = bytesOnOneLine(header.value());
      field(text, "header", Printable.line(header.name()) + ": " + value);
    }
    field(text, "message", "%,d B".formatted(letter.bytes()));
    return text + "\n" + MessageText.of(letter.message().value());
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
  public String line(Dispatch dispatch, boolean rehearsal) {
    StoredDeadLetter letter = dispatch.letter();
    String what =
        dispatch.topic() == null
            ? "not sent: " + Printable.line(dispatch.problem())
            : (rehearsal ? "would go to " : "sent to ") + Printable.line(dispatch.topic());
    return "%s  %s  %s%s%n"
        .formatted(
            letter.id(),
            DeadLetterFormat.reason(letter),
            what,
            letter.redriven() ? " once more" : "");
  }

  @Override
  public String listed(Map<String, Long> counts) {
    return "dead letters: " + counted(counts);
  }

  @Override
  public String redriven(Map<String, Long> counts, long refused, boolean rehearsal) {
    String not = refused == 0 ? "" : "; not sent: %,d".formatted(refused);
    return (rehearsal ? "would be redriven: " : "redriven: ")
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
