package qoa.engine.contracts;

import static qoa.engine.model.SourceDocument.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import qoa.engine.model.NearestName;

/**
 * Finds keys that were meant to be others. Keys are free where the schema leaves them free, but one
 * that is a letter away from an absent known one would silently change what is promised: with
 * {@code stge: gateway}, the whole application.
 */
final class Misspelt {

  private Misspelt() {}

  static void check(ProblemList problems, JsonNode object, String pointer, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      if (!known.contains(key)) {
        NearestName.to(key, known)
            .filter(meant -> !object.has(meant))
            .ifPresent(meant -> problems.add(child(pointer, key), "did you mean " + meant + "?"));
      }
    }
  }
}
