package qoa.engine.evaluate.plan.builtins;

import qoa.engine.evaluate.plan.value.Accumulators;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/** The operators {@code &}, {@code |} and {@code -} on sets, and what takes a set of sets. */
final class SetBuiltins {
  private SetBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("and", (c, a, b) -> intersection(Operands.set(a, 1), Operands.set(b, 2)))
        .add2("or", (c, a, b) -> union(Operands.set(a, 1), Operands.set(b, 2)))
        .add2("set_diff", (c, a, b) -> difference(Operands.set(a, 1), Operands.set(b, 2)))
        .add1("intersection", (c, a) -> intersectionOfAll(Operands.set(a, 1)))
        .add1("union", (c, a) -> unionOfAll(Operands.set(a, 1)));
  }

  static RegoSet difference(RegoSet a, RegoSet b) {
    RegoSet result = Accumulators.set(a.size());
    for (RegoValue member : a) {
      if (!b.contains(member)) {
        Accumulators.add(result, member);
      }
    }
    return result;
  }

  private static RegoSet intersection(RegoSet a, RegoSet b) {
    RegoSet smaller = a.size() <= b.size() ? a : b;
    RegoSet larger = a.size() <= b.size() ? b : a;
    RegoSet result = Accumulators.set(smaller.size());
    for (RegoValue member : smaller) {
      if (larger.contains(member)) {
        Accumulators.add(result, member);
      }
    }
    return result;
  }

  private static RegoSet union(RegoSet a, RegoSet b) {
    RegoSet result = Accumulators.set(a.size() + b.size());
    a.forEach(x -> Accumulators.add(result, x));
    b.forEach(x -> Accumulators.add(result, x));
    return result;
  }

  private static RegoSet intersectionOfAll(RegoSet sets) {
    RegoSet result = null;
    for (RegoValue set : sets) {
      RegoSet next = Operands.set(set, 1);
      result = result == null ? next : intersection(result, next);
    }
    return result == null ? RegoSet.EMPTY : result;
  }

  private static RegoSet unionOfAll(RegoSet sets) {
    RegoSet result = Accumulators.set(sets.size());
    for (RegoValue set : sets) {
      Operands.set(set, 1).forEach(x -> Accumulators.add(result, x));
    }
    return result;
  }
}
