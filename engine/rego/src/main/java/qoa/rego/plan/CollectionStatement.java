package qoa.rego.plan;

import java.util.List;

/** The statements that make collections and fill them. */
public sealed interface CollectionStatement extends Statement {

  /** Starts an array. */
  record MakeArray(int capacity, int target, Location location) implements CollectionStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Starts an object. */
  record MakeObject(int target, Location location) implements CollectionStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Starts a set. */
  record MakeSet(int target, Location location) implements CollectionStatement {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }

  /** Adds an element to an array. */
  record ArrayAppend(Operand value, int array, Location location) implements CollectionStatement {
    @Override
    public List<Operand> operands() {
      return List.of(value);
    }

    @Override
    public List<Integer> variables() {
      return List.of(array);
    }
  }

  /** Adds a member to a set. */
  record SetAdd(Operand value, int set, Location location) implements CollectionStatement {
    @Override
    public List<Operand> operands() {
      return List.of(value);
    }

    @Override
    public List<Integer> variables() {
      return List.of(set);
    }
  }

  /** Sets a key of an object. */
  record ObjectInsert(Operand key, Operand value, int object, Location location)
      implements CollectionStatement {
    @Override
    public List<Operand> operands() {
      return List.of(key, value);
    }

    @Override
    public List<Integer> variables() {
      return List.of(object);
    }
  }

  /** Sets a key that is not there or has this value already. */
  record ObjectInsertOnce(Operand key, Operand value, int object, Location location)
      implements CollectionStatement {
    @Override
    public List<Operand> operands() {
      return List.of(key, value);
    }

    @Override
    public List<Integer> variables() {
      return List.of(object);
    }
  }

  /** Merges two objects; where they differ, the value of {@code a} stands. */
  record ObjectMerge(int a, int b, int target, Location location) implements CollectionStatement {
    @Override
    public List<Integer> variables() {
      return List.of(a, b);
    }

    @Override
    public List<Integer> targets() {
      return List.of(target);
    }
  }
}
