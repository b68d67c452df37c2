package qoa.core.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The fields that events and statuses are read and written by. Plain functions. */
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

  /** Milliseconds since the epoch as RFC 3339 in UTC. */
  static String time(long millis) {
    return UtcTime.text(millis);
  }

  /** What {@link #time} wrote. */
  static long millis(JsonNode time) {
    return Instant.parse(time.asText()).toEpochMilli();
  }
}
