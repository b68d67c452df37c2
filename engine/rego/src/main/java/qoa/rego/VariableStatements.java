package qoa.rego;

import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** The statements that set a variable. */
final class VariableStatements {
  private VariableStatements() {}

  /** Copies an operand; constants, a reset and undefined ones among them. */
  static final class Assign extends Statement {
    private final Operand source;
    private final int target;

    Assign(Operand source, int target) {
      this.source = source;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      frame[target] = source.in(frame);
      return NEXT;
    }
  }

  /** Makes a variable undefined. */
  static final class Reset extends Statement {
    private final int target;

    Reset(int target) {
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      frame[target] = null;
      return NEXT;
    }
  }

  /** Sets a variable that either is undefined or has this value already. */
  static final class AssignOnce extends Statement {
    private final Operand source;
    private final int target;
    private final String conflict;
    private final Location location;

    AssignOnce(Operand source, int target, boolean inRule, Location location) {
      this.source = source;
      this.target = target;
      this.conflict = conflict(inRule);
      this.location = location;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      RegoValue value = source.in(frame);
      RegoValue known = frame[target];
      if (known == null) {
        frame[target] = value;
        return NEXT;
      }
      evaluation.comparison(known, value);
      if (!known.equals(value)) {
        throw new PlanException(PlanException.CONFLICT, conflict, location);
      }
      return NEXT;
    }

    /** What is said where two values differ. */
    static String conflict(boolean inRule) {
      return inRule
          ? "complete rules must not produce multiple outputs"
          : "functions must not produce multiple outputs for same inputs";
    }
  }

  /** Looks a key up; undefined where it is not there. */
  static final class Dot extends Statement {
    private final Operand source;
    private final Operand key;
    private final int target;

    Dot(Operand source, Operand key, int target) {
      this.source = source;
      this.key = key;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      RegoValue from = source.in(frame);
      RegoValue wanted = key.in(frame);
      RegoValue found = null;
      if (from != null && wanted != null) {
        evaluation.key(wanted);
        found = from.get(wanted);
      }
      frame[target] = found;
      return found == null ? BREAK : NEXT;
    }
  }

  /** Several lookups, each in what the one before it found. */
  static final class DotChain extends Statement {
    private final Operand source;
    private final Operand[] keys;
    private final int[] targets;

    DotChain(Operand source, Operand[] keys, int[] targets) {
      this.source = source;
      this.keys = keys;
      this.targets = targets;
    }

    @Override
    int size() {
      return keys.length;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      RegoValue found = source.in(frame);
      for (int i = 0; i < keys.length; i++) {
        RegoValue key = keys[i].in(frame);
        if (found != null && key != null) {
          evaluation.key(key);
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
  static final class Length extends Statement {
    private final Operand source;
    private final int target;

    Length(Operand source, int target) {
      this.source = source;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      RegoValue value = source.in(frame);
      if (value instanceof RegoString) {
        evaluation.charge(value.weight());
      }
      frame[target] = RegoNumber.of(value == null ? 0 : Math.max(0, value.length()));
      return NEXT;
    }
  }
}
