package qoa.rego.builtins;

import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Aggregates of a collection, and membership. */
final class AggregateBuiltins {
  private static final int COMPARISONS_PER_STEP = 8;

  private AggregateBuiltins() {}

  /** Of numbers; charges for large ones. */
  private interface Operation {
    RegoNumber apply(BuiltinContext context, RegoNumber a, RegoNumber b);
  }

  static void register(Builtins.Table table) {
    table
        .add1("count", Cost.OWN, (c, a) -> count(c, a))
        .add1("sum", Cost.OWN, (c, a) -> fold(c, a, 0, ArithmeticBuiltins::plus))
        .add1("product", Cost.OWN, (c, a) -> fold(c, a, 1, ArithmeticBuiltins::multiply))
        .add1("max", Cost.OWN, (c, a) -> extreme(c, a, 1))
        .add1("min", Cost.OWN, (c, a) -> extreme(c, a, -1))
        .add1("sort", Cost.OWN, (c, a) -> sort(c, a))
        .add1("any", Cost.READS, (c, a) -> any(a))
        .add1("all", Cost.READS, (c, a) -> all(a))
        .add2("internal.member_2", Cost.OWN, (c, a, b) -> RegoBoolean.of(isMember(c, a, b)))
        .add3(
            "internal.member_3",
            Cost.OWN,
            (c, k, v, in) -> RegoBoolean.of(isMemberAt(c, k, v, in)));
  }

  private static RegoValue count(BuiltinContext context, RegoValue a) {
    if (a instanceof RegoString) {
      context.charge(a.weight());
    }
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
  private static RegoValue fold(
      BuiltinContext context, RegoValue a, long start, Operation operation) {
    Cost.READS.charge(context, a);
    RegoNumber result = RegoNumber.of(start);
    for (RegoValue element : elements(a)) {
      if (!(element instanceof RegoNumber number)) {
        throw OperandException.element(1, a, element, "number");
      }
      result = operation.apply(context, result, number);
    }
    return result;
  }

  private static RegoValue extreme(BuiltinContext context, RegoValue a, int sign) {
    Cost.READS.charge(context, a);
    RegoValue best = null;
    for (RegoValue element : elements(a)) {
      if (best != null) {
        Costs.comparison(context, element, best);
      }
      if (best == null || element.compareTo(best) * sign >= 0) {
        best = element;
      }
    }
    return best;
  }

  private static RegoValue sort(BuiltinContext context, RegoValue a) {
    Cost.COPIES.charge(context, a);
    Costs.sort(context, a);
    if (a instanceof RegoArray array) {
      return array.sorted();
    }
    if (a instanceof RegoSet set) {
      return CastBuiltins.toArray(context, set);
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

  private static boolean isMember(BuiltinContext context, RegoValue value, RegoValue collection) {
    if (collection instanceof RegoSet set) {
      Costs.key(context, value);
      return set.contains(value);
    }
    if (collection instanceof RegoArray array) {
      context.charge(array.size() / COMPARISONS_PER_STEP);
      for (RegoValue element : array) {
        Costs.comparison(context, value, element);
        if (element.equals(value)) {
          return true;
        }
      }
    } else if (collection instanceof RegoObject object) {
      context.charge(object.size() / COMPARISONS_PER_STEP);
      Costs.order(context, object);
      for (int i = 0; i < object.size(); i++) {
        Costs.comparison(context, value, object.valueAt(i));
        if (object.valueAt(i).equals(value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMemberAt(
      BuiltinContext context, RegoValue key, RegoValue value, RegoValue collection) {
    Costs.key(context, key);
    RegoValue found = collection.get(key);
    if (found == null) {
      return false;
    }
    Costs.comparison(context, value, found);
    return value.equals(found);
  }
}
