package qoa.rego.compiler;

import qoa.rego.machine.EvaluationException;
import qoa.rego.machine.RunState;
import qoa.rego.plan.Location;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** The instructions that set a variable. */
final class VariableInstructions {
  private VariableInstructions() {}

  /** Copies an operand; constants, a reset and undefined ones among them. */
  static final class Assign extends Instruction {
    private final ValueSource source;
    private final int target;

    Assign(ValueSource source, int target) {
      this.source = source;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      frame[target] = source.in(frame);
      return NEXT;
    }
  }

  /** Makes a variable undefined. */
  static final class Reset extends Instruction {
    private final int target;

    Reset(int target) {
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      frame[target] = null;
      return NEXT;
    }
  }

  /** Sets a variable that either is undefined or has this value already. */
  static final class AssignOnce extends Instruction {
    private final ValueSource source;
    private final int target;
    private final String conflict;
    private final Location location;

    AssignOnce(ValueSource source, int target, boolean inRule, Location location) {
      this.source = source;
      this.target = target;
      this.conflict = conflict(inRule);
      this.location = location;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue value = source.in(frame);
      RegoValue known = frame[target];
      if (known == null) {
        frame[target] = value;
        return NEXT;
      }
      Costs.comparison(evaluation, known, value);
      if (!known.equals(value)) {
        throw new EvaluationException(EvaluationException.Kind.CONFLICT, conflict, location);
      }
      return NEXT;
    }

    /** The message where two values differ. */
    static String conflict(boolean inRule) {
      return inRule
          ? "complete rules must not produce multiple outputs"
          : "functions must not produce multiple outputs for same inputs";
    }
  }

  /** Looks a key up; undefined where it is not there. */
  static final class Dot extends Instruction {
    private final ValueSource source;
    private final ValueSource key;
    private final int target;

    Dot(ValueSource source, ValueSource key, int target) {
      this.source = source;
      this.key = key;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue from = source.in(frame);
      RegoValue wanted = key.in(frame);
      RegoValue found = null;
      if (from != null && wanted != null) {
        Costs.key(evaluation, wanted);
        found = from.get(wanted);
      }
      frame[target] = found;
      return found == null ? BREAK : NEXT;
    }
  }

  /** Several lookups, each in what the one before it found. */
  static final class DotChain extends Instruction {
    private final ValueSource source;
    private final ValueSource[] keys;
    private final int[] targets;

    DotChain(ValueSource source, ValueSource[] keys, int[] targets) {
      this.source = source;
      this.keys = keys;
      this.targets = targets;
    }

    @Override
    int size() {
      return keys.length;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue found = source.in(frame);
      for (int i = 0; i < keys.length; i++) {
        RegoValue key = keys[i].in(frame);
        if (found != null && key != null) {
          Costs.key(evaluation, key);
          found = found.get(key);
        } else {
          found = null;
        }
        frame[targets[i]] = found;
        if (found == null) {
          return BREAK;
        }
      }
      return NEXT;
    }
  }

  /** The number of elements; 0 for what has none. */
  static final class Length extends Instruction {
    private final ValueSource source;
    private final int target;

    Length(ValueSource source, int target) {
      this.source = source;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue value = source.in(frame);
      if (value instanceof RegoString) {
        evaluation.charge(value.weight());
      }
      frame[target] = RegoNumber.of(value == null ? 0 : Math.max(0, value.length()));
      return NEXT;
    }
  }
}
