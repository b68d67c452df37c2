package qoa.rego.compiler;

import qoa.rego.machine.EvaluationException;
import qoa.rego.machine.RunState;
import qoa.rego.plan.Location;
import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** The instructions that make collections and fill them. */
final class CollectionInstructions {
  private CollectionInstructions() {}

  /** Starts a collection. */
  static final class Make extends Instruction {
    private final RegoValue.Type type;
    private final int capacity;
    private final int target;

    Make(RegoValue.Type type, int capacity, int target) {
      this.type = type;
      this.capacity = capacity;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      frame[target] =
          switch (type) {
            case ARRAY -> Accumulators.array(capacity);
            case OBJECT -> Accumulators.object(capacity);
            case SET -> Accumulators.set(capacity);
            default -> throw new IllegalStateException("no collection: " + type);
          };
      return NEXT;
    }
  }

  /** Adds an element to an array. */
  static final class Append extends Instruction {
    private final ValueSource value;
    private final int array;

    Append(ValueSource value, int array) {
      this.value = value;
      this.array = array;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      evaluation.elements(1);
      Accumulators.append((RegoArray) frame[array], value.in(frame));
      return NEXT;
    }
  }

  /** Adds a member to a set. */
  static final class Add extends Instruction {
    private final ValueSource value;
    private final int set;

    Add(ValueSource value, int set) {
      this.value = value;
      this.set = set;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoSet members = (RegoSet) frame[set];
      RegoValue member = value.in(frame);
      evaluation.elements(1);
      if (members.size() > 0) {
        Costs.key(evaluation, member);
      }
      Accumulators.add(members, member);
      return NEXT;
    }
  }

  /** Sets a key of an object. */
  static final class Insert extends Instruction {
    private final ValueSource key;
    private final ValueSource value;
    private final int object;

    Insert(ValueSource key, ValueSource value, int object) {
      this.key = key;
      this.value = value;
      this.object = object;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue newKey = key.in(frame);
      evaluation.elements(1);
      Costs.key(evaluation, newKey);
      Accumulators.insert((RegoObject) frame[object], newKey, value.in(frame));
      return NEXT;
    }
  }

  /** Sets a key that either is not there or has this value already. */
  static final class InsertOnce extends Instruction {
    private final ValueSource key;
    private final ValueSource value;
    private final int object;
    private final Location location;

    InsertOnce(ValueSource key, ValueSource value, int object, Location location) {
      this.key = key;
      this.value = value;
      this.object = object;
      this.location = location;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoObject target = (RegoObject) frame[object];
      RegoValue newKey = key.in(frame);
      RegoValue newValue = value.in(frame);
      Costs.key(evaluation, newKey);
      RegoValue known = target.get(newKey);
      if (known == null) {
        evaluation.elements(1);
        Accumulators.insert(target, newKey, newValue);
        return NEXT;
      }
      Costs.comparison(evaluation, known, newValue);
      if (!known.equals(newValue)) {
        throw new EvaluationException(
            EvaluationException.Kind.CONFLICT, "object keys must be unique", location);
      }
      return NEXT;
    }
  }

  /** Merges two objects, level by level; where they differ, the first one's value stands. */
  static final class Merge extends Instruction {
    private final int a;
    private final int b;
    private final int target;

    Merge(int a, int b, int target) {
      this.a = a;
      this.b = b;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      frame[target] = merge(frame[a], frame[b], evaluation);
      return NEXT;
    }

    private static RegoValue merge(RegoValue a, RegoValue b, RunState evaluation) {
      if (!(a instanceof RegoObject first) || !(b instanceof RegoObject second)) {
        return a == null ? b : a;
      }
      evaluation.elements((long) first.size() + second.size());
      Costs.order(evaluation, second);
      RegoObject merged = Accumulators.copy(first);
      for (RegoObject.Entry entry : second) {
        RegoValue both = merge(first.get(entry.key()), entry.value(), evaluation);
        Accumulators.insert(merged, entry.key(), both);
      }
      return merged;
    }
  }
}
