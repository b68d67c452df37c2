package qoa.rego.plan;

import java.util.List;

/** The statements that hold blocks, those that leave them, and those that give a result. */
public sealed interface BlockStatement extends Statement {

  /** Runs blocks one after the other. OPA calls it {@code BlockStmt}. */
  record Blocks(List<Block> blocks, Location location) implements BlockStatement {
    /** Copies the list. */
    public Blocks {
      blocks = List.copyOf(blocks);
    }
  }

  /** Leaves the block, and {@code levels} blocks around it. */
  record Break(int levels, Location location) implements BlockStatement {}

  /** Does nothing. */
  record Nop(Location location) implements BlockStatement {}

  /** Undefined where its block is defined. */
  record Not(Block block, Location location) implements BlockStatement {
    @Override
    public List<Block> blocks() {
      return List.of(block);
    }
  }

  /** Runs its block for every element of a collection. */
  record Scan(int source, int key, int value, Block block, Location location)
      implements BlockStatement {
    @Override
    public List<Integer> variables() {
      return List.of(source);
    }

    @Override
    public List<Integer> targets() {
      return List.of(key, value);
    }

    @Override
    public List<Block> blocks() {
      return List.of(block);
    }
  }

  /**
   * Runs its block while a part of input or data is another value.
   *
   * @param local the variable of input or data
   * @param path where in it, as strings of {@link Constants}
   */
  record With(int local, List<Integer> path, Operand value, Block block, Location location)
      implements BlockStatement {
    /** Copies the list. */
    public With {
      path = List.copyOf(path);
    }

    @Override
    public List<Operand> operands() {
      return List.of(value);
    }

    @Override
    public List<Integer> variables() {
      return List.of(local);
    }

    @Override
    public List<Integer> targets() {
      return List.of(local);
    }

    @Override
    public List<Block> blocks() {
      return List.of(block);
    }
  }

  /** Leaves the function with the value of a variable. */
  record ReturnLocal(int source, Location location) implements BlockStatement {
    @Override
    public List<Integer> variables() {
      return List.of(source);
    }
  }

  /** Adds a value to the result of the entrypoint. */
  record ResultSetAdd(int value, Location location) implements BlockStatement {
    @Override
    public List<Integer> variables() {
      return List.of(value);
    }
  }
}
