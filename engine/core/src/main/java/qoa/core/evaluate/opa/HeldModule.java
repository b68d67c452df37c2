package qoa.core.evaluate.opa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A module that OPA holds.
 *
 * @param id as it was pushed
 * @param source its text
 * @param packageName tells packages apart, and is no name of Rego's; may be empty
 */
record HeldModule(String id, String source, String packageName) {

  private static final JsonFactory JSON = new ObjectMapper().getFactory();

  /**
   * Reads the answer to {@code GET /v1/policies}. It holds the syntax trees of all modules, some
   * thirty times as long as their texts: they are passed over, not kept.
   *
   * @throws IOException where it is no such answer
   */
  static List<HeldModule> list(byte[] answer) throws IOException {
    try (JsonParser json = JSON.createParser(answer)) {
      List<HeldModule> modules = null;
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.currentName().equals("result")) {
          expect(json, json.nextToken(), JsonToken.START_ARRAY);
          modules = elements(json);
        } else {
          json.nextToken();
          json.skipChildren();
        }
      }
      if (modules == null) {
        throw new IOException("no result");
      }
      return modules;
    }
  }

  private static List<HeldModule> elements(JsonParser json) throws IOException {
    List<HeldModule> modules = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.START_OBJECT);
      modules.add(module(json));
    }
    return modules;
  }

  private static HeldModule module(JsonParser json) throws IOException {
    String id = "";
    String source = "";
    String packageName = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "id" -> id = json.getValueAsString("");
        case "raw" -> source = json.getValueAsString("");
        case "ast" -> packageName = packageName(json);
        default -> json.skipChildren();
      }
    }
    return new HeldModule(id, source, packageName);
  }

  private static String packageName(JsonParser tree) throws IOException {
    StringBuilder name = new StringBuilder();
    if (tree.currentToken() != JsonToken.START_OBJECT) {
      tree.skipChildren();
      return "";
    }
    while (tree.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = tree.currentName().equals("package");
      tree.nextToken();
      if (wanted) {
        JsonNode declared = tree.readValueAsTree();
        for (JsonNode part : declared.path("path")) {
          name.append('/').append(part.path("value").asText());
        }
      } else {
        tree.skipChildren();
      }
    }
    return name.toString();
  }

  private static void expect(JsonParser json, JsonToken is, JsonToken wanted) throws IOException {
    if (is != wanted) {
      throw new IOException(
          "%s where %s was expected, at byte %d"
              .formatted(is, wanted, json.currentLocation().getByteOffset()));
    }
  }
}
