package qoa.service.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import qoa.core.model.RawReport.Header;
import qoa.kafka.Redrive.Dispatch;
import qoa.kafka.StoredDeadLetter;

/**
 * Prints dead letters as JSON, one object per line. Bytes in UTF-8 are a string. Other bytes are
 * base64, and {@code _base64} is appended to the name of their field. Absent bytes are null.
 */
final class DeadLetterJson implements DeadLetterFormat {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String line(StoredDeadLetter deadLetter) {
    return text(json(deadLetter));
  }

  private static ObjectNode json(StoredDeadLetter deadLetter) {
    ObjectNode line = JSON.createObjectNode().put("type", "dead_letter");
    line.put("letter", deadLetter.id().toString()).put("time", deadLetter.time().toString());
    line.put("reason", DeadLetterFormat.reason(deadLetter)).put("detail", deadLetter.detail());
    deadLetter
        .origin()
        .ifPresent(
            origin ->
                line.putObject("from")
                    .put("topic", origin.topic())
                    .put("partition", origin.partition())
                    .put("offset", origin.offset()));
    return line.put("bytes", deadLetter.bytes()).put("redriven", deadLetter.redriven());
  }

  @Override
  public String full(StoredDeadLetter deadLetter) {
    ObjectNode line = json(deadLetter);
    deadLetter.originalTime().ifPresent(time -> line.put("sent", time.toString()));
    put(line, "key", deadLetter.message().key());
    ArrayNode headers = line.putArray("headers");
    for (Header header : deadLetter.message().headers()) {
      put(headers.addObject().put("name", header.name()), "value", header.value());
    }
    put(line, "message", deadLetter.message().value());
    return text(line);
  }

  private static void put(ObjectNode line, String name, byte[] bytes) {
    Optional<String> text = bytes == null ? Optional.empty() : MessageText.utf8(bytes);
    if (bytes == null || text.isPresent()) {
      line.put(name, text.orElse(null));
    } else {
      line.put(name + "_base64", bytes);
    }
  }

  @Override
  public String line(Dispatch dispatch, boolean dryRun) {
    ObjectNode line = JSON.createObjectNode();
    if (dispatch.topic() == null) {
      line.put("type", "not_redriven").put("problem", dispatch.problem());
    } else {
      line.put("type", dryRun ? "would_redrive" : "redriven").put("to", dispatch.topic());
    }
    line.put("letter", dispatch.deadLetter().id().toString());
    return text(line.put("reason", DeadLetterFormat.reason(dispatch.deadLetter())));
  }

  @Override
  public String listed(Map<String, Long> counts) {
    return text(summary("dead_letters", counts));
  }

  @Override
  public String redriven(Map<String, Long> counts, long refused, boolean dryRun) {
    ObjectNode line = summary(dryRun ? "would_redrive" : "redriven", counts);
    return text(line.put("refused", refused));
  }

  private static ObjectNode summary(String name, Map<String, Long> counts) {
    ObjectNode line = JSON.createObjectNode().put("type", "summary");
    line.put(name, DeadLetterFormat.total(counts));
    ObjectNode reasons = line.putObject("reasons");
    counts.forEach(reasons::put);
    return line;
  }

  /** Terminal control characters occur only inside strings, where JSON escapes are equivalent. */
  private static String text(ObjectNode line) {
    return Printable.line(line.toString()) + "\n";
  }
}
