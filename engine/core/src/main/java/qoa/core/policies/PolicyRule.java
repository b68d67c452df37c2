package qoa.core.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import qoa.core.documents.Problem;

/**
 * A rule of a policy, or one branch of it.
 *
 * @param file the path as the user wrote it
 * @param head OPA's syntax tree of the head, with locations
 * @param body OPA's syntax tree of the body, with locations
 */
record PolicyRule(String file, JsonNode head, JsonNode body) {

  /** The rules in the syntax tree of a file. Each {@code else} is a separate rule. */
  static List<PolicyRule> of(String file, JsonNode tree) {
    List<PolicyRule> rules = new ArrayList<>();
    for (JsonNode rule : tree.path("rules")) {
      for (JsonNode branch = rule; branch.isObject(); branch = branch.path("else")) {
        rules.add(new PolicyRule(file, branch.path("head"), branch.path("body")));
      }
    }
    return rules;
  }

  /** The name; for {@code a.b.c}, its first part. */
  String name() {
    return head.path("ref").path(0).path("value").asText();
  }

  boolean isFunction() {
    return head.has("args");
  }

  /** Whether it adds members to a set: {@code x contains y}. */
  boolean isPartialSet() {
    return head.has("key") && !head.has("value");
  }

  /** The member that it adds to a set, otherwise its value; missing if the value is true. */
  JsonNode result() {
    return isPartialSet() ? head.path("key") : head.path("value");
  }

  /** The type of its value if that is certainly not a set; otherwise null. */
  String otherThanSet() {
    if (isFunction()) {
      return "a function";
    }
    if (isPartialSet()) {
      return null;
    }
    if (head.has("key") || head.path("ref").size() > 1) {
      return "an object";
    }
    return switch (head.path("value").path("type").asText("boolean")) {
      case "boolean" -> "true or false";
      case "number" -> "a number";
      case "string" -> "a string";
      case "null" -> "null";
      case "object", "objectcomprehension" -> "an object";
      default -> null;
    };
  }

  /** A problem with the rule, at the line of its head. */
  Problem problem(String message) {
    return problem(head, message);
  }

  /** A problem with a part of the rule. */
  Problem problem(JsonNode part, String message) {
    JsonNode location = part.path("location");
    return new Problem(
        file, location.path("row").asInt(), location.path("col").asInt(), null, message);
  }

  /** Head and body without the name of the rule. */
  JsonNode parts() {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(head.path("key"))
        .add(head.path("value"))
        .add(head.path("args"))
        .add(body);
  }
}
