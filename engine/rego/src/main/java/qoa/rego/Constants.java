package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;

/** The static part of a plan: strings, numbers written as strings, file names, builtins. */
final class Constants {
  private final RegoString[] strings;
  private final String[] files;
  private final Set<String> withoutResult = new HashSet<>();

  Constants(JsonNode plan) {
    JsonNode constants = plan.path("static");
    JsonNode texts = constants.path("strings");
    strings = new RegoString[texts.size()];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = RegoString.of(texts.get(i).path("value").asText().intern()); // equal at one look
    }
    JsonNode names = constants.path("files");
    files = new String[names.size()];
    for (int i = 0; i < files.length; i++) {
      files[i] = names.get(i).path("value").asText();
    }
    for (JsonNode builtin : constants.path("builtin_funcs")) {
      if (!builtin.path("decl").hasNonNull("result")) {
        withoutResult.add(builtin.path("name").asText());
      }
    }
  }

  RegoString string(int index) {
    if (index < 0 || index >= strings.length) {
      throw new PlanFormatException("the plan has no string " + index);
    }
    return strings[index];
  }

  RegoNumber number(int index) {
    return RegoNumber.parse(string(index).value());
  }

  /** Whether the builtin is called for its effect only. */
  boolean hasResult(String builtin) {
    return !withoutResult.contains(builtin);
  }

  Location location(JsonNode statement) {
    int file = statement.path("file").asInt(-1);
    return file < 0 || file >= files.length
        ? Location.UNKNOWN
        : new Location(files[file], statement.path("row").asInt(), statement.path("col").asInt());
  }
}
