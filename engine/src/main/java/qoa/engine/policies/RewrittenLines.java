package qoa.engine.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the place in a v0 file that a place in its rewritten text came from. Rewriting moves lines
 * but keeps the syntax tree, so the same way through both trees leads to the same thing.
 *
 * @param original the tree of the v0 file, with locations
 * @param rewritten the tree of the rewritten text, with locations
 */
record RewrittenLines(JsonNode original, JsonNode rewritten) {

  private static final String LOCATION = "location";

  /** The location in the original; a missing node where there is none. */
  JsonNode locate(int line, int column) {
    JsonNode found = original.path("");
    List<Step> open = new ArrayList<>(List.of(new Step(rewritten, original)));
    while (!open.isEmpty()) {
      Step step = open.remove(open.size() - 1);
      JsonNode location = step.rewritten.path(LOCATION);
      if (location.path("row").asInt() == line
          && (found.isMissingNode() || location.path("col").asInt() == column)) {
        found = step.original.path(LOCATION);
      }
      step.addChildren(open);
    }
    return found;
  }

  /** The same way through both trees. */
  private record Step(JsonNode rewritten, JsonNode original) {

    void addChildren(List<Step> open) {
      for (Map.Entry<String, JsonNode> entry : rewritten.properties()) {
        open.add(new Step(entry.getValue(), original.path(entry.getKey())));
      }
      for (int i = 0; rewritten.isArray() && i < rewritten.size(); i++) {
        open.add(new Step(rewritten.get(i), original.path(i)));
      }
    }
  }
}
