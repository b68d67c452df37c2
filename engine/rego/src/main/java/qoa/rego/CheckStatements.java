package qoa.rego;

import qoa.rego.value.RegoValue;

/** The statements that are undefined where a condition does not hold. */
final class CheckStatements {
  private CheckStatements() {}

  @SuppressWarnings("ReferenceEquality") // what is the same is equal
  private static boolean same(RegoValue a, RegoValue b, PlanRun evaluation) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    evaluation.comparison(a, b);
    return a.equals(b);
  }

  /** Equality of two values. */
  static final class Equal extends Statement {
    private final Operand a;
    private final Operand b;

    Equal(Operand a, Operand b) {
      this.a = a;
      this.b = b;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      return same(a.in(frame), b.in(frame), evaluation) ? NEXT : BREAK;
    }
  }

  /** Difference of two values. */
  static final class NotEqual extends Statement {
    private final Operand a;
    private final Operand b;

    NotEqual(Operand a, Operand b) {
      this.a = a;
      this.b = b;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      return same(a.in(frame), b.in(frame), evaluation) ? BREAK : NEXT;
    }
  }

  /** A value's type. */
  static final class IsType extends Statement {
    private final Operand source;
    private final RegoValue.Type type;

    IsType(Operand source, RegoValue.Type type) {
      this.source = source;
      this.type = type;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      RegoValue value = source.in(frame);
      return value != null && value.type() == type ? NEXT : BREAK;
    }
  }

  /** Whether a variable is defined, or is not. */
  static final class IsDefined extends Statement {
    private final int source;
    private final boolean wanted;

    IsDefined(int source, boolean wanted) {
      this.source = source;
      this.wanted = wanted;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      return (frame[source] != null) == wanted ? NEXT : BREAK;
    }
  }
}
