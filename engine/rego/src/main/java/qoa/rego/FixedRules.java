package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.rego.builtins.Builtins;

/**
 * Finds the functions of a plan whose result is the same in all evaluations of a contract: of the
 * input they look at the contract's id only, they change neither input nor data with {@code with},
 * and call nothing but builtins without time, chance or output, and functions of which the same
 * holds.
 */
final class FixedRules {
  private static final String CONTRACT = "contract";

  /** Builtins that give another result, or have an effect, each time. */
  private static final Set<String> CHANGING =
      Set.of("time.now_ns", "rand.intn", "uuid.rfc4122", "internal.print", "trace");

  /** The fields of statements that hold the number of a variable. */
  private static final List<String> VARIABLES =
      List.of("source", "target", "key", "value", "array", "set", "object", "a", "b", "local");

  private final Constants constants;
  private final JsonNode functions;

  /** The functions that each function calls, of those that may be fixed. */
  private final Map<String, Set<String>> calls = new HashMap<>();

  /** The input's variable in the function that is looked at. */
  private int input;

  FixedRules(Constants constants, JsonNode functions) {
    this.constants = constants;
    this.functions = functions;
  }

  /** The names of the fixed functions. */
  Set<String> names() {
    for (JsonNode function : functions) {
      input = function.path("params").path(0).asInt();
      Set<String> called = new HashSet<>();
      if (blocksMayBeFixed(function.path("blocks"), called)) {
        calls.put(function.path("name").asText(), called);
      }
    }
    while (calls.values().removeIf(called -> !calls.keySet().containsAll(called))) {
      // until what is left calls only what is left
    }
    return Set.copyOf(calls.keySet());
  }

  private boolean blocksMayBeFixed(JsonNode blocks, Set<String> called) {
    for (JsonNode block : blocks) {
      if (!blockMayBeFixed(block, called)) {
        return false;
      }
    }
    return true;
  }

  private boolean blockMayBeFixed(JsonNode block, Set<String> called) {
    for (JsonNode statement : block.path("stmts")) {
      JsonNode fields = statement.path("stmt");
      if (!mayBeFixed(statement.path("type").asText(), fields, called)
          || !blockMayBeFixed(fields.path("block"), called)
          || !blocksMayBeFixed(fields.path("blocks"), called)) {
        return false;
      }
    }
    return true;
  }

  private boolean mayBeFixed(String type, JsonNode fields, Set<String> called) {
    return switch (type) {
      case "WithStmt" -> false;
      case "DotStmt" -> !mentionsInput(fields) || isContractOfInput(fields);
      case "CallStmt" -> {
        String name = fields.path("func").asText();
        boolean builtin = Builtins.find(name) != null;
        if (!builtin) {
          called.add(name);
        }
        yield !CHANGING.contains(name) && !isAnyInput(fields.path("args"), builtin ? 0 : 1);
      }
      case "CallDynamicStmt" -> {
        called.addAll(functionsBelow(fields.path("path")));
        yield !isAnyInput(fields.path("path"), 0);
      }
      case "AssignIntStmt", "MakeNumberIntStmt" -> true;
      default -> !mentionsInput(fields);
    };
  }

  private boolean isContractOfInput(JsonNode dot) {
    JsonNode key = dot.path("key");
    return isInput(dot.path("source"))
        && !isInput(dot.path("target"))
        && key.path("type").asText().equals("string_index")
        && constants.string(key.path("value").asInt()).value().equals(CONTRACT);
  }

  private boolean mentionsInput(JsonNode fields) {
    return VARIABLES.stream().anyMatch(name -> isInput(fields.path(name)));
  }

  private boolean isAnyInput(JsonNode operands, int from) {
    for (int i = from; i < operands.size(); i++) {
      if (isInput(operands.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isInput(JsonNode variable) {
    return variable.isInt()
        ? variable.intValue() == input
        : variable.path("type").asText().equals("local") && variable.path("value").asInt() == input;
  }

  /** What a call of a path that is known in part may call. */
  private List<String> functionsBelow(JsonNode path) {
    List<String> names = new ArrayList<>();
    for (JsonNode function : functions) {
      if (mayMatch(function.path("path"), path)) {
        names.add(function.path("name").asText());
      }
    }
    return names;
  }

  private boolean mayMatch(JsonNode function, JsonNode path) {
    if (function.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      JsonNode name = path.get(i);
      if (name.path("type").asText().equals("string_index")
          && !constants
              .string(name.path("value").asInt())
              .value()
              .equals(function.get(i).asText())) {
        return false;
      }
    }
    return true;
  }
}
