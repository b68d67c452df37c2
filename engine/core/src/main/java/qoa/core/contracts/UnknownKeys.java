package qoa.core.contracts;

import static qoa.core.documents.Document.child;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import qoa.core.documents.NearestName;

/**
 * Finds keys that nobody would read. One that is a letter away from a known one would silently
 * change what is promised: with {@code stge: gateway}, the whole application. An author's own keys
 * start with {@code x-}.
 */
final class UnknownKeys {

  private static final String DEFINITION = "#/$defs/";
  private static final String PROMISES = "constraint_list";

  /** What we allow in constraint groups, by the schema's definitions of them. */
  private static final Map<String, Set<String>> OURS =
      Map.of(
          "ServiceConstraint", ConstraintRules.GROUP_KEYS,
          "DataConstraint", ConstraintRules.GROUP_KEYS,
          "MLSpecificConstraint", ConstraintRules.GROUP_KEYS,
          "FairnessConstraint", ConstraintRules.GROUP_KEYS,
          "CostConstraint", ConstraintRules.GROUP_KEYS,
          "SecurityConstraint", ConstraintRules.GROUP_KEYS,
          "PrivacyConstraint", ConstraintRules.GROUP_KEYS,
          "InterpretabilityConstraint", ConstraintRules.GROUP_KEYS);

  private final JsonObject schema;
  private final ProblemList problems;

  /**
   * @param schema of contracts, with definitions below {@code $defs}
   */
  UnknownKeys(JsonObject schema, ProblemList problems) {
    this.schema = schema;
    this.problems = problems;
  }

  /** Adds a problem for each key of a contract that neither the schema nor we know. */
  void check() {
    check(schema, ContractHeader.KEYS, problems.at(""), "");
  }

  private void check(JsonObject rule, Set<String> ours, JsonNode value, String pointer) {
    if (rule.containsKey("$ref")) {
      String name = rule.getString("$ref").substring(DEFINITION.length());
      JsonObject definition = schema.getJsonObject("$defs").getJsonObject(name);
      check(definition, OURS.getOrDefault(name, Set.of()), value, pointer);
    } else if (value.isArray() && rule.containsKey("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(rule.getJsonObject("items"), Set.of(), value.get(i), pointer + '/' + i);
      }
    } else if (value.isObject() && rule.containsKey("properties")) {
      JsonObject properties = rule.getJsonObject("properties");
      Set<String> known = new TreeSet<>(properties.keySet());
      known.addAll(ours);
      check(problems, value, pointer, known);
      for (String key : properties.keySet()) {
        if (value.has(key)) {
          check(properties.getJsonObject(key), Set.of(), value.get(key), child(pointer, key));
        }
      }
    }
  }

  /** Adds a problem for each key of an object that is not known, nor the author's own. */
  static void check(ProblemList problems, JsonNode object, String pointer, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      if (!known.contains(key) && !isOwn(key)) {
        String message =
            pointer.isEmpty() && entry.getValue().findValue(PROMISES) != null
                ? "would never be judged here; put it under quality"
                : meant(key, object, known).orElseGet(() -> unknown(known));
        problems.add(child(pointer, key), message);
      }
    }
  }

  /** The same only for keys that are near to a known one, where others are free. */
  static void checkMisspelt(
      ProblemList problems, JsonNode object, String pointer, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      if (!known.contains(key) && !isOwn(key)) {
        meant(key, object, known).ifPresent(message -> problems.add(child(pointer, key), message));
      }
    }
  }

  /** Whether a key is the author's own. */
  static boolean isOwn(String key) {
    return key.startsWith("x-");
  }

  private static Optional<String> meant(String key, JsonNode object, Set<String> known) {
    return NearestName.to(key, known)
        .filter(meant -> !object.has(meant))
        .map(meant -> "did you mean " + meant + "?");
  }

  private static String unknown(Set<String> known) {
    String expected = String.join(", ", new TreeSet<>(known));
    return "is not known here; expected one of " + expected + "; a key of your own starts with x-";
  }
}
