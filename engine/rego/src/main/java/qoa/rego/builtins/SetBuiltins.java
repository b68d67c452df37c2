package qoa.rego.builtins;

import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** The operators {@code &}, {@code |} and {@code -} on sets, and what takes a set of sets. */
final class SetBuiltins {
  private SetBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("and", Cost.OWN, (c, a, b) -> intersection(c, Operands.set(a, 1), Operands.set(b, 2)))
        .add2("or", Cost.OWN, (c, a, b) -> union(c, Operands.set(a, 1), Operands.set(b, 2)))
        .add2(
            "set_diff",
            Cost.OWN,
            (c, a, b) -> difference(c, Operands.set(a, 1), Operands.set(b, 2)))
        .add1("intersection", Cost.OWN, (c, a) -> intersectionOfAll(c, Operands.set(a, 1)))
        .add1("union", Cost.OWN, (c, a) -> unionOfAll(c, Operands.set(a, 1)));
  }

  /** For looking each member up in another set, and for a set of all of them. */
  static void pay(BuiltinContext context, RegoSet set) {
    context.elements(set.size());
    context.charge(2L * set.weight());
    Costs.order(context, set);
  }

  static RegoSet difference(BuiltinContext context, RegoSet a, RegoSet b) {
    pay(context, a);
    RegoSet result = Accumulators.set(a.size());
    for (RegoValue member : a) {
      if (!b.contains(member)) {
        Accumulators.add(result, member);
      }
    }
    return result;
  }

  private static RegoSet intersection(BuiltinContext context, RegoSet a, RegoSet b) {
    RegoSet smaller = a.size() <= b.size() ? a : b;
    RegoSet larger = a.size() <= b.size() ? b : a;
    pay(context, smaller);
    RegoSet result = Accumulators.set(smaller.size());
    for (RegoValue member : smaller) {
      if (larger.contains(member)) {
        Accumulators.add(result, member);
      }
    }
    return result;
  }

  private static RegoSet union(BuiltinContext context, RegoSet a, RegoSet b) {
    pay(context, a);
    pay(context, b);
    RegoSet result = Accumulators.set(a.size() + b.size());
    a.forEach(x -> Accumulators.add(result, x));
    b.forEach(x -> Accumulators.add(result, x));
    return result;
  }

  private static RegoSet intersectionOfAll(BuiltinContext context, RegoSet sets) {
    pay(context, sets);
    RegoSet result = null;
    for (RegoValue set : sets) {
      RegoSet next = Operands.set(set, 1);
      result = result == null ? next : intersection(context, result, next);
    }
    return result == null ? RegoSet.EMPTY : result;
  }

  private static RegoSet unionOfAll(BuiltinContext context, RegoSet sets) {
    pay(context, sets);
    RegoSet result = Accumulators.set(sets.size());
    for (RegoValue set : sets) {
      RegoSet members = Operands.set(set, 1);
      pay(context, members);
      members.forEach(x -> Accumulators.add(result, x));
    }
    return result;
  }
}
