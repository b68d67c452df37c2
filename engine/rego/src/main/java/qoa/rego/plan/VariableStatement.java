package qoa.rego.plan;

import java.util.List;

/** The statements that set a variable. */
public sealed interface VariableStatement extends Statement {

  /** Copies an operand. */
  record AssignVar(Operand source, int target, Location location) implements VariableStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source);
    }

    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Copies an operand to a variable that is undefined or has this value already. */
  record AssignVarOnce(Operand source, int target, Location location) implements VariableStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source);
    }

    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Sets a variable to an integer. */
  record AssignInt(long value, int target, Location location) implements VariableStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Makes a variable undefined. */
  record ResetLocal(int target, Location location) implements VariableStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Sets a variable to null. */
  record MakeNull(int target, Location location) implements VariableStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Sets a variable to an integer. */
  record MakeNumberInt(long value, int target, Location location) implements VariableStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Sets a variable to the number that a string of {@link Constants} holds. */
  record MakeNumberRef(int index, int target, Location location) implements VariableStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Looks a key up; undefined where it is not there. */
  record Dot(Operand source, Operand key, int target, Location location)
      implements VariableStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source, key);
    }

    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Counts the elements of a collection. */
  record Len(Operand source, int target, Location location) implements VariableStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source);
    }

    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }
}
