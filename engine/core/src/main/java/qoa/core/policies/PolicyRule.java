package qoa.core.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import qoa.core.documents.Problem;

/**
 * A rule of a policy, or one branch of it.
 *
 * @param file as its author knows it
 * @param head OPA's syntax tree of the head, with locations
 * @param body likewise
 */
record PolicyRule(String file, JsonNode head, JsonNode body) {

  /** The rules of a file's syntax tree, each {@code else} as one of its own. */
  static List<PolicyRule> of(String file, JsonNode tree) {
    List<PolicyRule> rules = new ArrayList<>();
    for (JsonNode rule : tree.path("rules")) {
      for (JsonNode branch = rule; branch.isObject(); branch = branch.path("else")) {
        rules.add(new PolicyRule(file, branch.path("head"), branch.path("body")));
      }
    }
    return rules;
  }

  /** What it is called; the first name of {@code a.b.c}. */
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

  /** What it gives: a member of its set, else its value; missing where it is just true. */
  JsonNode result() {
    return isPartialSet() ? head.path("key") : head.path("value");
  }

  /** What it is, where it can be seen that it is no set; else null. */
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
      case "string" -> "a text";
      case "null" -> "null";
      case "object", "objectcomprehension" -> "an object";
      default -> null;
    };
  }

  /** Something about the rule, at its head. */
  Problem problem(String message) {
    return problem(head, message);
  }

  /** Something about a part of the rule. */
  Problem problem(JsonNode part, String message) {
    JsonNode location = part.path("location");
    return new Problem(
        file, location.path("row").asInt(), location.path("col").asInt(), null, message);
  }

  /** Head and body without the rule's own name. */
  JsonNode parts() {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(head.path("key"))
        .add(head.path("value"))
        .add(head.path("args"))
        .add(body);
  }
}
