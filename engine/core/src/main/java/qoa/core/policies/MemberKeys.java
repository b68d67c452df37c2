package qoa.core.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the keys of the members of a policy's sets in its syntax tree. It follows objects, their
 * unions, variables, and other rules and functions of the package.
 */
final class MemberKeys {

  private static final int MOST_STEPS = 1_000;
  private static final Set<String> UNIONS =
      Set.of("object.union", "object.union_n", "object.filter", "object.remove");

  private final Map<String, List<PolicyRule>> rules;
  private final Map<JsonNode, PolicyRule> found = new LinkedHashMap<>();
  private int steps;

  /**
   * @param rules the rules of the package, by name
   */
  MemberKeys(Map<String, List<PolicyRule>> rules) {
    this.rules = rules;
  }

  /** The keys that members of a set may have, as terms, each with the rule that contains it. */
  Map<JsonNode, PolicyRule> of(PolicyRule rule) {
    follow(rule.result(), rule);
    return found;
  }

  private void follow(JsonNode term, PolicyRule rule) {
    if (++steps > MOST_STEPS) {
      return; // recursive rules do not compile, but calls may fan out
    }
    JsonNode value = term.path("value");
    switch (term.path("type").asText()) {
      case "object" -> value.forEach(entry -> addKey(entry.path(0), rule));
      case "call" -> call(value, rule);
      case "var" -> variable(value.asText(), rule);
      default -> {
        // no keys to find
      }
    }
  }

  private void addKey(JsonNode key, PolicyRule rule) {
    if (key.path("type").asText().equals("string")) {
      found.put(key, rule);
    }
  }

  private void call(JsonNode call, PolicyRule rule) {
    String name = name(call.path(0));
    for (PolicyRule function : rules.getOrDefault(name, List.of())) {
      follow(function.result(), function);
    }
    if (UNIONS.contains(name)) {
      for (int i = 1; i < call.size(); i++) {
        JsonNode argument = call.path(i);
        follow(argument, rule);
        if (argument.path("type").asText().equals("array")) {
          argument.path("value").forEach(element -> follow(element, rule));
        }
      }
    }
  }

  private void variable(String name, PolicyRule rule) {
    boolean local = false;
    for (JsonNode expression : rule.body()) {
      for (JsonNode given : given(name, expression.path("terms"))) {
        local = true;
        follow(given, rule);
      }
    }
    for (PolicyRule other : local ? List.<PolicyRule>of() : rules.getOrDefault(name, List.of())) {
      follow(other.result(), other);
    }
  }

  /** The terms of a variable in {@code x := term}, {@code x = term} and {@code some x in …}. */
  private List<JsonNode> given(String name, JsonNode terms) {
    String operator = name(terms.path(0));
    if ((operator.equals("assign") || operator.equals("eq")) && isVariable(terms.path(1), name)) {
      return List.of(terms.path(2));
    }
    JsonNode some = terms.path("symbols").path(0).path("value");
    if (name(some.path(0)).startsWith("internal.member_")
        && isVariable(some.path(some.size() - 2), name)) {
      return elements(some.path(some.size() - 1));
    }
    return List.of();
  }

  private List<JsonNode> elements(JsonNode collection) {
    JsonNode value = collection.path("value");
    List<JsonNode> elements = new ArrayList<>();
    switch (collection.path("type").asText()) {
      case "array", "set" -> value.forEach(elements::add);
      case "arraycomprehension", "setcomprehension" -> elements.add(value.path("term"));
      case "var" -> elements.add(collection);
      default -> {
        // no keys to find
      }
    }
    return elements;
  }

  private static boolean isVariable(JsonNode term, String name) {
    return term.path("type").asText().equals("var") && term.path("value").asText().equals(name);
  }

  /** The text of a reference, such as {@code a.b}. */
  private static String name(JsonNode ref) {
    List<String> names = new ArrayList<>();
    ref.path("value").forEach(part -> names.add(part.path("value").asText()));
    return String.join(".", names);
  }
}
