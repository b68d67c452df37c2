package qoa.rego.compiler;

import qoa.rego.machine.RunState;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoValue;

/** The instructions that are undefined where a condition does not hold. */
final class CheckInstructions {
  private CheckInstructions() {}

  @SuppressWarnings("ReferenceEquality") // identical values are equal
  private static boolean same(RegoValue a, RegoValue b, RunState evaluation) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    Costs.comparison(evaluation, a, b);
    return a.equals(b);
  }

  /** Equality of two values. */
  static final class Equal extends Instruction {
    private final ValueSource a;
    private final ValueSource b;

    Equal(ValueSource a, ValueSource b) {
      this.a = a;
      this.b = b;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      return same(a.in(frame), b.in(frame), evaluation) ? NEXT : BREAK;
    }
  }

  /** Difference of two values. */
  static final class NotEqual extends Instruction {
    private final ValueSource a;
    private final ValueSource b;

    NotEqual(ValueSource a, ValueSource b) {
      this.a = a;
      this.b = b;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      return same(a.in(frame), b.in(frame), evaluation) ? BREAK : NEXT;
    }
  }

  /** A value's type. */
  static final class IsType extends Instruction {
    private final ValueSource source;
    private final RegoValue.Type type;

    IsType(ValueSource source, RegoValue.Type type) {
      this.source = source;
      this.type = type;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue value = source.in(frame);
      return value != null && value.type() == type ? NEXT : BREAK;
    }
  }

  /** Whether a variable is defined, or is not. */
  static final class IsDefined extends Instruction {
    private final int source;
    private final boolean wanted;

    IsDefined(int source, boolean wanted) {
      this.source = source;
      this.wanted = wanted;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      return (frame[source] != null) == wanted ? NEXT : BREAK;
    }
  }
}
