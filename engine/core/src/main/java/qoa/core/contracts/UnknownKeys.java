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
 * Finds keys that neither the engine nor the policy reads. Ignoring a misspelt key would change a
 * promise: with {@code stge: gateway}, it would be about the whole application. Keys of the author
 * start with {@code x-}.
 */
final class UnknownKeys {

  private static final String DEFINITION = "#/$defs/";
  private static final String PROMISES = "constraint_list";

  /** The additional keys of groups, by the name of the group's definition in the schema. */
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
   * @param schema the contract schema, with definitions in {@code $defs}
   */
  UnknownKeys(JsonObject schema, ProblemList problems) {
    this.schema = schema;
    this.problems = problems;
  }

  /** Adds a problem for each key of a contract that neither the schema nor the engine defines. */
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

  /** Adds a problem for each key of an object that is unknown and does not start with x-. */
  static void check(ProblemList problems, JsonNode object, String pointer, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      if (!known.contains(key) && !isOwn(key)) {
        if (pointer.isEmpty() && entry.getValue().findValue(PROMISES) != null) {
          problems.add(child(pointer, key), "is not judged here; move it under quality");
        } else {
          meant(key, object, known)
              .ifPresentOrElse(
                  meant -> problems.addMisspelt(pointer, key, meant),
                  () -> problems.add(child(pointer, key), unknown(known)));
        }
      }
    }
  }

  /** Adds a problem only for keys that resemble a known one; any other key is allowed. */
  static void checkMisspelt(
      ProblemList problems, JsonNode object, String pointer, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      if (!known.contains(key) && !isOwn(key)) {
        meant(key, object, known).ifPresent(meant -> problems.addMisspelt(pointer, key, meant));
      }
    }
  }

  /** Whether a key is one of the author, which the engine does not check. */
  static boolean isOwn(String key) {
    return key.startsWith("x-");
  }

  private static Optional<String> meant(String key, JsonNode object, Set<String> known) {
    return NearestName.to(key, known).filter(meant -> !object.has(meant));
  }

  private static String unknown(Set<String> known) {
    String expected = String.join(", ", new TreeSet<>(known));
    return "unknown key; expected one of " + expected + "; your own keys start with x-";
  }
}
