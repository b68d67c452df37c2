package qoa.engine.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import qoa.engine.evaluate.plan.value.RegoValue;

/**
 * The argument that a definition of a function asks for, as in {@code holds("less_than", a, b)}: a
 * definition that asks for another one than the call's has no result, and need not be run.
 */
final class Guard {
  private static final Set<String> STARTS = Set.of("ResetLocalStmt", "IsUndefinedStmt");

  private final int argument;
  private final RegoValue wanted;

  /** What the definition leaves undefined. */
  private final int result;

  Guard(int argument, RegoValue wanted, int result) {
    this.argument = argument;
    this.wanted = wanted;
    this.result = result;
  }

  /** Whether the definition must be run. */
  boolean holds(RegoValue[] frame) {
    if (wanted.equals(frame[argument])) {
      return true;
    }
    frame[result] = null;
    return false;
  }

  /**
   * The test that the compiler put at the start of a definition, as its operands and its result.
   */
  record Test(JsonNode argument, JsonNode wanted, JsonNode result) {}

  /** The test that guards all of a function's block; null where there is none. */
  static Test testOf(JsonNode block, int... parameters) {
    JsonNode statements = block.path("stmts");
    JsonNode alternatives = statements.at("/0/stmt/blocks");
    if (statements.size() != 1 || alternatives.size() < 2) {
      return testIn(statements, parameters);
    }
    // With else: each alternative begins with the test, but the last, which takes the result.
    Test first = testIn(alternatives.at("/0/stmts"), parameters);
    for (int i = 1; i < alternatives.size() - 1; i++) {
      if (!Objects.equals(first, testIn(alternatives.get(i).path("stmts"), parameters))) {
        return null;
      }
    }
    JsonNode last = alternatives.get(alternatives.size() - 1).at("/stmts/0");
    boolean takesResult =
        first != null
            && last.path("type").asText().equals("IsDefinedStmt")
            && last.at("/stmt/source").equals(first.result());
    return takesResult ? first : null;
  }

  private static Test testIn(JsonNode statements, int... parameters) {
    JsonNode start = statements.path(0);
    JsonNode equal = statements.path(1);
    if (!STARTS.contains(start.path("type").asText())
        || !equal.path("type").asText().equals("EqualStmt")) {
      return null;
    }
    JsonNode argument = equal.at("/stmt/a");
    JsonNode wanted = equal.at("/stmt/b");
    boolean isTest =
        argument.path("type").asText().equals("local")
            && wanted.path("type").asText().equals("string_index")
            && IntStream.of(Arrays.copyOfRange(parameters, 2, parameters.length))
                .anyMatch(parameter -> parameter == argument.path("value").asInt());
    JsonNode result = start.at("/stmt/target");
    return isTest
        ? new Test(argument, wanted, result.isMissingNode() ? start.at("/stmt/source") : result)
        : null;
  }
}
