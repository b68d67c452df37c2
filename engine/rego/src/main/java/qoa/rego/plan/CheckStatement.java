package qoa.rego.plan;

import java.util.List;

/** The statements that are undefined where a condition does not hold. */
public sealed interface CheckStatement extends Statement {

  /** Equality of two operands. */
  record Equal(Operand a, Operand b, Location location) implements CheckStatement {
    @Override
    public List<Operand> operands() {
      return List.of(a, b);
    }
  }

  /** Difference of two operands. */
  record NotEqual(Operand a, Operand b, Location location) implements CheckStatement {
    @Override
    public List<Operand> operands() {
      return List.of(a, b);
    }
  }

  /** That an operand is an array. */
  record IsArray(Operand source, Location location) implements CheckStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source);
    }
  }

  /** That an operand is an object. */
  record IsObject(Operand source, Location location) implements CheckStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source);
    }
  }

  /** That an operand is a set. */
  record IsSet(Operand source, Location location) implements CheckStatement {
    @Override
    public List<Operand> operands() {
      return List.of(source);
    }
  }

  /** That a variable is defined. */
  record IsDefined(int source, Location location) implements CheckStatement {
    @Override
    public List<Integer> variables() {
      return List.of(source);
    }
  }

  /** That a variable is undefined. */
  record IsUndefined(int source, Location location) implements CheckStatement {
    @Override
    public List<Integer> variables() {
      return List.of(source);
    }
  }
}
