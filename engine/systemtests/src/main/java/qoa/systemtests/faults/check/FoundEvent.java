package qoa.systemtests.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * An event as a subscriber receives it.
 *
 * @param sent the timestamp of its record, in milliseconds since the epoch
 */
record FoundEvent(String id, Place place, long sent, Claim claim) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static FoundEvent of(Stored message) {
    try {
      JsonNode value = JSON.readTree(message.value());
      String id = message.headers().getOrDefault("ce_id", "none");
      Claim claim = claim(message.headers().get("ce_type"), value);
      return new FoundEvent(id, message.place(), message.timestamp(), claim);
    } catch (IOException e) {
      throw new UncheckedIOException("an event that is not JSON at " + message.place(), e);
    }
  }

  private static Claim claim(String type, JsonNode value) {
    boolean late = value.path("late").asBoolean();
    JsonNode evidence = value.path("evidence");
    long start = time(value.at("/window/start"));
    long end = time(value.at("/window/end"));
    boolean alone = late || start == end;
    return new Claim(
        new Claim.About(
            value.at("/contract/id").asText(),
            value.path("application").asText(),
            value.path("constraint").asText(null),
            value.at("/stakeholder/id").asText(null),
            value.path("stage").asText(null),
            value.path("instance").asText(null),
            start,
            end,
            alone ? place(evidence.path("first")) : null,
            "qoa.violation.resolved".equals(type) && isEnded(value)),
        type,
        value.at("/contract/version").asText(),
        value.path("metric").asText(null),
        value.path("aggregate").asText(null),
        value.path("observed").isNumber() ? (Double) value.path("observed").doubleValue() : null,
        value.get("expected"),
        value.path("reports").asLong(),
        late,
        evidence.isMissingNode()
            ? null
            : new Judgement.Evidence(
                place(evidence.path("first")),
                place(evidence.path("last")),
                place(evidence.path("worst"))),
        value.has("since") ? (Long) time(value.path("since")) : null,
        value.path("reason").asText(null));
  }

  private static boolean isEnded(JsonNode value) {
    String reason = value.path("reason").asText(null);
    return reason == null ? !value.has("evidence") : !reason.equals("kept");
  }

  @Override
  public String toString() {
    return "%s %s (at %s)".formatted(claim.type(), claim.about(), place);
  }

  private static long time(JsonNode text) {
    return Instant.parse(text.asText()).toEpochMilli();
  }

  private static Place place(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Place(
            node.path("topic").asText(),
            node.path("partition").asInt(),
            node.path("offset").asLong());
  }
}
