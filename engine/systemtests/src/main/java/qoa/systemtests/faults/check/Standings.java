package qoa.systemtests.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the latest status of each promise with the expected one. */
final class Standings {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Standings() {}

  /**
   * Compares.
   *
   * @param open contracts whose statuses are not checked
   */
  static void compare(
      Map<Standing.Of, Standing> expected,
      List<Stored> statuses,
      Set<String> open,
      Findings findings) {
    Map<String, Stored> latest = new LinkedHashMap<>();
    for (Stored status : statuses) {
      latest.put(new String(status.key(), StandardCharsets.UTF_8), status);
    }
    latest.values().removeIf(status -> status.value() == null);
    Map<Standing.Of, Standing> missing = new LinkedHashMap<>(expected);
    Map<Standing.Of, String> keys = new HashMap<>();
    latest.forEach(
        (key, status) -> {
          JsonNode value = parse(status);
          Standing.Of of = of(value);
          if (open.contains(of.contract())) {
            return;
          }
          Standing found = standing(value);
          Standing wanted = missing.remove(of);
          String other = keys.put(of, key);
          if (other != null) {
            findings.duplicated("status of " + of + ": by key " + key + " and by key " + other);
          } else if (wanted == null) {
            findings.wrong("status of " + of + " is not expected: " + found);
          } else if (!found.suits(wanted)) {
            findings.wrong("status of " + of + " is " + found + ", expected " + wanted);
          }
        });
    missing.forEach((of, wanted) -> findings.lost("status of " + of + ": " + wanted));
  }

  private static JsonNode parse(Stored status) {
    try {
      return JSON.readTree(status.value());
    } catch (IOException e) {
      throw new UncheckedIOException("a status that is not JSON at " + status.place(), e);
    }
  }

  private static Standing.Of of(JsonNode value) {
    return new Standing.Of(
        value.at("/contract/id").asText(),
        value.path("application").asText(),
        value.path("constraint").asText(null),
        value.at("/stakeholder/id").asText(null),
        value.path("stage").asText(null));
  }

  private static Standing standing(JsonNode value) {
    return new Standing(
        value.at("/contract/version").asText(),
        value.path("verdict").asText(),
        value.path("open").asBoolean() ? (Long) time(value.path("since")) : null,
        time(value.at("/window/start")));
  }

  private static long time(JsonNode text) {
    return Instant.parse(text.asText()).toEpochMilli();
  }
}
