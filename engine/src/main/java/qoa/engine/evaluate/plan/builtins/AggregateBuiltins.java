package qoa.engine.evaluate.plan.builtins;

import java.util.function.BinaryOperator;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/** What sums up a collection, and membership. */
final class AggregateBuiltins {
  private AggregateBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("count", (c, a) -> count(a))
        .add1("sum", (c, a) -> fold(a, 0, ArithmeticBuiltins::plus))
        .add1("product", (c, a) -> fold(a, 1, ArithmeticBuiltins::multiply))
        .add1("max", (c, a) -> extreme(a, 1))
        .add1("min", (c, a) -> extreme(a, -1))
        .add1("sort", (c, a) -> sort(a))
        .add1("any", (c, a) -> any(a))
        .add1("all", (c, a) -> all(a))
        .add2("internal.member_2", (c, a, b) -> RegoBoolean.of(isMember(a, b)))
        .add3("internal.member_3", (c, k, v, in) -> RegoBoolean.of(isMemberAt(k, v, in)));
  }

  private static RegoValue count(RegoValue a) {
    if (a.length() < 0) {
      throw OperandException.type(1, a, "array", "object", "set", "string");
    }
    return RegoNumber.of(a.length());
  }

  private static Iterable<RegoValue> elements(RegoValue a) {
    if (a instanceof RegoArray || a instanceof RegoSet) {
      return Operands.elements(a, 1);
    }
    throw OperandException.type(1, a, "set", "array");
  }

  /**
   * Integers, of which all partial results are exact, or floats: the result of a mixture is that of
   * adding one by one, in order, which is what OPA does.
   */
  private static RegoValue fold(RegoValue a, long start, BinaryOperator<RegoNumber> operation) {
    RegoNumber result = RegoNumber.of(start);
    for (RegoValue element : elements(a)) {
      if (!(element instanceof RegoNumber number)) {
        throw OperandException.element(1, a, element, "number");
      }
      result = operation.apply(result, number);
    }
    return result;
  }

  private static RegoValue extreme(RegoValue a, int sign) {
    RegoValue best = null;
    for (RegoValue element : elements(a)) {
      if (best == null || element.compareTo(best) * sign >= 0) {
        best = element;
      }
    }
    return best;
  }

  private static RegoValue sort(RegoValue a) {
    if (a instanceof RegoArray array) {
      return array.sorted();
    }
    if (a instanceof RegoSet set) {
      return CastBuiltins.toArray(set);
    }
    throw OperandException.type(1, a, "set", "array");
  }

  private static RegoValue any(RegoValue a) {
    for (RegoValue element : Operands.elements(a, 1)) {
      if (element.equals(RegoBoolean.TRUE)) {
        return RegoBoolean.TRUE;
      }
    }
    return RegoBoolean.FALSE;
  }

  private static RegoValue all(RegoValue a) {
    for (RegoValue element : Operands.elements(a, 1)) {
      if (!element.equals(RegoBoolean.TRUE)) {
        return RegoBoolean.FALSE;
      }
    }
    return RegoBoolean.TRUE;
  }

  private static boolean isMember(RegoValue value, RegoValue collection) {
    if (collection instanceof RegoSet set) {
      return set.contains(value);
    }
    if (collection instanceof RegoArray array) {
      for (RegoValue element : array) {
        if (element.equals(value)) {
          return true;
        }
      }
    } else if (collection instanceof RegoObject object) {
      for (int i = 0; i < object.size(); i++) {
        if (object.valueAt(i).equals(value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMemberAt(RegoValue key, RegoValue value, RegoValue collection) {
    return value.equals(collection.get(key));
  }
}
