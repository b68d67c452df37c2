package qoa.rego.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads plan files. With {@link StatementReader} and {@link Fields} it is the only class that knows
 * the names of JSON fields.
 */
public final class PlanReader {
  private PlanReader() {}

  /**
   * Reads a plan.
   *
   * @param plan the {@code plan.json} of a bundle
   * @throws PlanFormatException if it is not a plan, or a part of it is malformed
   */
  public static Policy read(JsonNode plan) {
    JsonNode entrypoints = plan.path("plans").path("plans");
    if (!entrypoints.isArray()) {
      throw new PlanFormatException("not a plan: it has no array at /plans/plans");
    }
    Constants constants = constants(plan.path("static"));
    StatementReader statements = new StatementReader(constants);
    return new Policy(
        constants,
        list(plan.path("funcs").path("funcs"), function -> function(function, statements)),
        list(entrypoints, entrypoint -> entrypoint(entrypoint, statements)));
  }

  private static Constants constants(JsonNode json) {
    Set<String> withoutResult = new HashSet<>();
    for (JsonNode builtin : json.path("builtin_funcs")) {
      if (!builtin.path("decl").hasNonNull("result")) {
        withoutResult.add(builtin.path("name").asText());
      }
    }
    return new Constants(
        list(json.path("strings"), text -> text.path("value").asText()),
        list(json.path("files"), file -> file.path("value").asText()),
        withoutResult);
  }

  private static Policy.Function function(JsonNode json, StatementReader statements) {
    return new Policy.Function(
        json.path("name").asText(),
        list(json.path("path"), JsonNode::asText),
        list(json.path("params"), JsonNode::asInt),
        statements.blocks(json.path("blocks")));
  }

  private static Policy.Entrypoint entrypoint(JsonNode json, StatementReader statements) {
    return new Policy.Entrypoint(
        json.path("name").asText(), statements.blocks(json.path("blocks")));
  }

  /** What {@code element} makes of each element; empty where there is no array. */
  static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
    List<T> list = new ArrayList<>(array.size());
    array.forEach(json -> list.add(element.apply(json)));
    return list;
  }
}
