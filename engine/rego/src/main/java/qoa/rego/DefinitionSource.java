package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A definition of a function or a rule in a plan: the blocks of which each, unless the one before
 * it did, sets a variable of its own as its last statement; and the block that makes it the result.
 */
record DefinitionSource(List<JsonNode> alternatives, JsonNode result) {

  /**
   * The definitions that a function consists of; null where it has anything else: those of sets and
   * objects, defaults, and results that are found in loops.
   */
  static List<DefinitionSource> allOf(JsonNode blocks, int... parameters) {
    List<DefinitionSource> definitions = new ArrayList<>();
    JsonNode end = blocks.path(blocks.size() - 1);
    int at = 0;
    while (at < blocks.size() - 1) {
      List<JsonNode> parts = parts(blocks, at);
      int last = parts.size() - 1;
      DefinitionSource definition =
          new DefinitionSource(parts.subList(0, last), parts.get(last).at("/stmts/1/stmt"));
      if (!definition.isOne(parts.get(last), end, parameters)) {
        return null;
      }
      definitions.add(definition);
      at += isNested(blocks.path(at)) ? 1 : 2;
    }
    return definitions.isEmpty() || !has(end, 0, "ReturnLocalStmt") ? null : definitions;
  }

  /** With else, all blocks of a definition are in one; else there are two. */
  private static boolean isNested(JsonNode block) {
    return block.path("stmts").size() == 1 && !block.at("/stmts/0/stmt/blocks").isEmpty();
  }

  private static List<JsonNode> parts(JsonNode blocks, int at) {
    List<JsonNode> parts = new ArrayList<>();
    if (isNested(blocks.path(at))) {
      blocks.path(at).at("/stmts/0/stmt/blocks").forEach(parts::add);
    } else {
      parts.add(blocks.path(at));
      parts.add(blocks.path(at + 1));
    }
    return parts;
  }

  private boolean isOne(JsonNode taking, JsonNode end, int... parameters) {
    JsonNode variable = taking.at("/stmts/0/stmt/source");
    boolean isOne =
        !alternatives.isEmpty()
            && variable.isInt()
            && has(taking, 0, "IsDefinedStmt")
            && has(taking, 1, "AssignVarOnceStmt")
            && result.at("/source/value").equals(variable)
            && result.path("target").equals(end.at("/stmts/0/stmt/source"))
            && taking.path("stmts").size() == 2;
    for (int i = 0; i < alternatives.size(); i++) {
      VariableUses uses = new VariableUses();
      uses.addBlock(alternatives.get(i));
      isOne &= sets(alternatives.get(i), i == 0, variable) && uses.needNothingBut(parameters);
    }
    return isOne;
  }

  private static boolean sets(JsonNode block, boolean first, JsonNode variable) {
    int end = block.path("stmts").size() - 1;
    return end > 0
        && has(block, 0, first ? "ResetLocalStmt" : "IsUndefinedStmt")
        && block.at("/stmts/0/stmt").path(first ? "target" : "source").equals(variable)
        && has(block, end, "AssignVarOnceStmt")
        && block.at("/stmts/" + end + "/stmt/target").equals(variable);
  }

  private static boolean has(JsonNode block, int at, String type) {
    return block.path("stmts").path(at).path("type").asText().equals(type);
  }

  /** That an argument, whose variable it is, is the constant with that number. */
  record Test(int variable, int constant) {}

  /** What all alternatives begin with, because the definition asks for a constant; or null. */
  Test test(int... parameters) {
    Test test = testIn(alternatives.get(0), parameters);
    return alternatives.stream().allMatch(block -> Objects.equals(test, testIn(block, parameters)))
        ? test
        : null;
  }

  private static Test testIn(JsonNode block, int... parameters) {
    JsonNode equal = block.at("/stmts/1/stmt");
    Test test = new Test(equal.at("/a/value").asInt(), equal.at("/b/value").asInt());
    boolean isTest =
        has(block, 1, "EqualStmt")
            && equal.at("/a/type").asText().equals("local")
            && equal.at("/b/type").asText().equals("string_index")
            && Arrays.stream(parameters, 2, parameters.length).anyMatch(p -> p == test.variable());
    return isTest ? test : null;
  }
}
