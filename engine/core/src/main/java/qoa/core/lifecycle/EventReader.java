package qoa.core.lifecycle;

import static qoa.core.lifecycle.JsonFields.millis;
import static qoa.core.lifecycle.JsonFields.stakeholder;
import static qoa.core.lifecycle.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import qoa.core.model.Position;
import qoa.core.model.Window;

/** Reads events as subscribers do. Plain functions; any thread may call them. */
public final class EventReader {

  private EventReader() {}

  /**
   * The event that {@link EventJson} wrote, with the attributes that its Kafka record has.
   *
   * @param attributes of CloudEvents, by name: {@code type}, {@code id}, {@code subject}, {@code
   *     time}
   * @param value JSON; null where there is none
   * @throws IOException where it is something else; the message describes it
   */
  public static Event read(Map<String, String> attributes, byte[] value) throws IOException {
    try {
      Event.Type type = type(required(attributes, "type"));
      String id = required(attributes, "id");
      required(attributes, "subject");
      OffsetDateTime unused = OffsetDateTime.parse(required(attributes, "time"));
      return read(type, id, ExactJson.MAPPER.readTree(value == null ? new byte[0] : value));
    } catch (RuntimeException e) {
      throw new IOException("not an event of an engine: " + e.getMessage(), e);
    }
  }

  private static Event.Type type(String label) {
    return Arrays.stream(Event.Type.values())
        .filter(known -> known.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such type: " + label));
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no header ce_" + name);
    }
    return value;
  }

  private static Event read(Event.Type type, String id, JsonNode json) {
    Event.EvaluationRef evaluation = evaluation(json);
    Event.StakeholderRef stakeholder = stakeholder(json.get("stakeholder"));
    return new Event(
        type,
        id,
        evaluation,
        stakeholder,
        JsonFields.verdict(type.kind(), stakeholder == null ? null : stakeholder.id(), json),
        evidence(json.get("evidence")),
        json.has("since") ? millis(json.get("since")) : null,
        json.has("reason")
            ? Event.Reason.valueOf(json.get("reason").textValue().toUpperCase(Locale.ROOT))
            : null);
  }

  private static Event.EvaluationRef evaluation(JsonNode json) {
    JsonNode contract = json.required("contract");
    JsonNode policy = json.required("policy");
    JsonNode window = json.required("window");
    return new Event.EvaluationRef(
        new Event.ContractRef(
            contract.required("id").asText(), contract.required("version").asText()),
        new Event.PolicyRef(
            policy.required("package").asText(), policy.required("revision").asText()),
        text(json, "application"),
        new Window(millis(window.required("start")), millis(window.required("end"))),
        json.required("reports").asLong(),
        json.path("late").asBoolean());
  }

  private static Event.Evidence evidence(JsonNode json) {
    return json == null
        ? null
        : new Event.Evidence(
            position(json.get("first")), position(json.get("last")), position(json.get("worst")));
  }

  private static Position position(JsonNode json) {
    return json == null
        ? null
        : new Position(
            json.required("topic").asText(),
            json.required("partition").asInt(),
            json.required("offset").asLong());
  }
}
