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
 * Dead letters as one JSON object a line. Bytes are text where they are UTF-8, else base 64 under
 * the same name with {@code _base64} behind it; null where there are none.
 */
final class DeadLetterJson implements DeadLetterFormat {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String line(StoredDeadLetter letter) {
    return text(letter(letter));
  }

  private static ObjectNode letter(StoredDeadLetter letter) {
    ObjectNode line = JSON.createObjectNode().put("type", "dead_letter");
    line.put("letter", letter.id().toString()).put("time", letter.time().toString());
    line.put("reason", DeadLetterFormat.reason(letter)).put("detail", letter.detail());
    letter
        .origin()
        .ifPresent(
            origin ->
                line.putObject("from")
                    .put("topic", origin.topic())
                    .put("partition", origin.partition())
                    .put("offset", origin.offset()));
    return line.put("bytes", letter.bytes()).put("redriven", letter.redriven());
  }

  @Override
  public String full(StoredDeadLetter letter) {
    ObjectNode line = letter(letter);
    letter.originalTime().ifPresent(time -> line.put("sent", time.toString()));
    put(line, "key", letter.message().key());
    ArrayNode headers = line.putArray("headers");
    for (Header header : letter.message().headers()) {
      put(headers.addObject().put("name", header.name()), "value", header.value());
    }
    put(line, "message", letter.message().value());
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
  public String line(Dispatch dispatch, boolean rehearsal) {
    ObjectNode line = JSON.createObjectNode();
    if (dispatch.topic() == null) {
      line.put("type", "not_redriven").put("problem", dispatch.problem());
    } else {
      line.put("type", rehearsal ? "would_redrive" : "redriven").put("to", dispatch.topic());
    }
    line.put("letter", dispatch.letter().id().toString());
    return text(line.put("reason", DeadLetterFormat.reason(dispatch.letter())));
  }

  @Override
  public String listed(Map<String, Long> counts) {
    return text(summary("dead_letters", counts));
  }

  @Override
  public String redriven(Map<String, Long> counts, long refused, boolean rehearsal) {
    ObjectNode line = summary(rehearsal ? "would_redrive" : "redriven", counts);
    return text(line.put("refused", refused));
  }

  private static ObjectNode summary(String name, Map<String, Long> counts) {
    ObjectNode line = JSON.createObjectNode().put("type", "summary");
    line.put(name, DeadLetterFormat.total(counts));
    ObjectNode reasons = line.putObject("reasons");
    counts.forEach(reasons::put);
    return line;
  }

  /** What a terminal would obey can only stand inside strings, where an escape means the same. */
  private static String text(ObjectNode line) {
    return Printable.line(line.toString()) + "\n";
  }
}
