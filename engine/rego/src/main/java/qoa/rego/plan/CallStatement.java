package qoa.rego.plan;

import java.util.List;

/** The statements that call rules, functions and builtins. */
public sealed interface CallStatement extends Statement {

  /** Calls a function of the plan, or a builtin, by its name. */
  record Call(String function, List<Operand> arguments, int result, Location location)
      implements CallStatement {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Operand> operands() {
      return arguments;
    }

    @Override
    public List<Integer> targets() {
      return List.of(result);
    }
  }

  /**
   * Calls the rule at a path that is known only when it runs.
   *
   * @param arguments the variables of input and data
   */
  record CallDynamic(List<Operand> path, List<Integer> arguments, int result, Location location)
      implements CallStatement {
    /** Copies the lists. */
    public CallDynamic {
      path = List.copyOf(path);
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Operand> operands() {
      return path;
    }

    @Override
    public List<Integer> variables() {
      return arguments;
    }

    @Override
    public List<Integer> targets() {
      return List.of(result);
    }
  }
}
