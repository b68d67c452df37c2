package qoa.rego.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.rego.builtins.Builtins;
import qoa.rego.plan.Block;
import qoa.rego.plan.BlockStatement.With;
import qoa.rego.plan.CallStatement.Call;
import qoa.rego.plan.CallStatement.CallDynamic;
import qoa.rego.plan.Operand;
import qoa.rego.plan.Policy;
import qoa.rego.plan.Statement;
import qoa.rego.plan.VariableStatement.Dot;

/**
 * Finds the functions of a plan whose result is the same in all evaluations with the same data and
 * the same value of one member of the input. Such functions look at no other part of the input and
 * do not change input or data with {@code with}. They call only builtins without time, chance or
 * output, and other such functions.
 */
final class FixedRules {
  /** Builtins that give another result, or have an effect, each time. */
  private static final Set<String> CHANGING =
      Set.of("time.now_ns", "rand.intn", "uuid.rfc4122", "internal.print", "trace");

  private final Policy policy;
  private final String member;

  /** The functions that each function calls, of those that may be fixed. */
  private final Map<String, Set<String>> calls = new HashMap<>();

  /** The input's variable in the function that is looked at. */
  private int input;

  /**
   * @param member a key of the input
   */
  FixedRules(Policy policy, String member) {
    this.policy = policy;
    this.member = member;
  }

  /** The names of the fixed functions. */
  Set<String> names() {
    for (Policy.Function function : policy.functions()) {
      input = function.parameters().get(0);
      Set<String> called = new HashSet<>();
      if (mayBeFixed(function.blocks(), called)) {
        calls.put(function.name(), called);
      }
    }
    while (calls.values().removeIf(called -> !calls.keySet().containsAll(called))) {
      // until what is left calls only what is left
    }
    return Set.copyOf(calls.keySet());
  }

  private boolean mayBeFixed(List<Block> blocks, Set<String> called) {
    for (Block block : blocks) {
      for (Statement statement : block.statements()) {
        if (!mayBeFixed(statement, called) || !mayBeFixed(statement.blocks(), called)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean mayBeFixed(Statement statement, Set<String> called) {
    if (statement instanceof Call call) {
      return mayBeFixed(call, called);
    }
    if (statement instanceof CallDynamic call) {
      called.addAll(functionsBelow(call.path()));
      return !isAnyInput(call.path());
    }
    if (statement instanceof Dot dot && isMemberOfInput(dot)) {
      return true;
    }
    return !(statement instanceof With) && !mentionsInput(statement);
  }

  private boolean mayBeFixed(Call call, Set<String> called) {
    List<Operand> arguments = call.arguments();
    if (Builtins.find(call.function()) == null) {
      called.add(call.function());
      arguments = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    }
    return !CHANGING.contains(call.function()) && !isAnyInput(arguments);
  }

  private boolean isMemberOfInput(Dot dot) {
    return dot.source().isLocal(input)
        && dot.target() != input
        && dot.key() instanceof Operand.StringIndex key
        && policy.constants().string(key.index()).equals(member);
  }

  private boolean mentionsInput(Statement statement) {
    return isAnyInput(statement.operands())
        || statement.variables().contains(input)
        || statement.targets().contains(input);
  }

  private boolean isAnyInput(List<Operand> operands) {
    return operands.stream().anyMatch(operand -> operand.isLocal(input));
  }

  /** What a call of a path that is known in part may call. */
  private List<String> functionsBelow(List<Operand> path) {
    List<String> names = new ArrayList<>();
    for (Policy.Function function : policy.functions()) {
      if (mayMatch(function.path(), path)) {
        names.add(function.name());
      }
    }
    return names;
  }

  private boolean mayMatch(List<String> function, List<Operand> path) {
    if (function.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i) instanceof Operand.StringIndex name
          && !policy.constants().string(name.index()).equals(function.get(i))) {
        return false;
      }
    }
    return true;
  }
}
