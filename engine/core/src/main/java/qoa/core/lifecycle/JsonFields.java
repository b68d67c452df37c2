package qoa.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import qoa.core.model.Finding;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

/** Fields that events and statuses have in common. Plain functions. */
final class JsonFields {

  private JsonFields() {}

  /** An object's text; null where it has none of that name. */
  static String text(JsonNode json, String name) {
    return json.has(name) ? json.get(name).asText() : null;
  }

  /** The texts of a list; null where there is none. */
  static List<String> texts(JsonNode list) {
    if (list == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** A stakeholder with its roles; null where there is none. */
  static Event.StakeholderRef stakeholder(JsonNode json) {
    return json == null
        ? null
        : new Event.StakeholderRef(
            json.required("id").asText(), new LinkedHashSet<>(texts(json.required("roles"))));
  }

  /**
   * A verdict, as events and statuses have its parts.
   *
   * @param stakeholder the id of the accountable stakeholder; null for none
   */
  static Verdict verdict(Verdict.Kind kind, String stakeholder, JsonNode json) {
    String constraint = text(json, "constraint");
    String message = text(json, "message");
    String name = constraint != null ? constraint : message;
    PromiseKey key = new PromiseKey(name, stakeholder, text(json, "stage"), text(json, "instance"));
    Promise promise =
        new Promise(
            key,
            constraint,
            texts(json.get("consumers")),
            text(json, "metric"),
            text(json, "aggregate"),
            json.get("expected"),
            text(json, "severity"));
    return new Verdict(promise, new Finding(kind, json.get("observed"), message));
  }

  /** Milliseconds since the epoch as RFC 3339 in UTC. */
  static String time(long millis) {
    return UtcTime.text(millis);
  }

  /** What {@link #time} wrote. */
  static long millis(JsonNode time) {
    return Instant.parse(time.asText()).toEpochMilli();
  }
}
