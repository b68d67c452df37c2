package qoa.rego.builtins;

import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** {@code array.*} and {@code walk}. */
final class CollectionBuiltins {
  private CollectionBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2(
            "array.concat",
            Cost.COPIES,
            (c, a, b) -> concat(Operands.array(a, 1), Operands.array(b, 2)))
        .add1("array.flatten", Cost.OWN, (c, a) -> flatten(c, Operands.array(a, 1)))
        .add1("array.reverse", Cost.COPIES, (c, a) -> reverse(Operands.array(a, 1)))
        .add3(
            "array.slice",
            Cost.OWN,
            (c, a, from, to) ->
                slice(c, Operands.array(a, 1), Operands.integer(from, 2), Operands.integer(to, 3)))
        .add1("walk", Cost.OWN, CollectionBuiltins::walk);
  }

  private static RegoArray concat(RegoArray a, RegoArray b) {
    RegoArray result = Accumulators.array(a.size() + b.size());
    a.forEach(x -> Accumulators.append(result, x));
    b.forEach(x -> Accumulators.append(result, x));
    return result;
  }

  /** One level only. */
  private static RegoArray flatten(BuiltinContext context, RegoArray a) {
    context.elements(a.size());
    RegoArray result = Accumulators.array(a.size());
    for (RegoValue element : a) {
      if (element instanceof RegoArray nested) {
        context.elements(nested.size());
        nested.forEach(x -> Accumulators.append(result, x));
      } else {
        Accumulators.append(result, element);
      }
    }
    return result;
  }

  private static RegoArray reverse(RegoArray a) {
    RegoArray result = Accumulators.array(a.size());
    for (int i = a.size() - 1; i >= 0; i--) {
      Accumulators.append(result, a.get(i));
    }
    return result;
  }

  private static RegoArray slice(BuiltinContext context, RegoArray a, long from, long to) {
    int end = (int) Math.max(0, Math.min(to, a.size()));
    int start = (int) Math.max(0, Math.min(from, end));
    context.elements(end - start);
    return a.slice(start, end);
  }

  /** The pairs of path and value, depth first; the compiler scans them. */
  private static RegoValue walk(BuiltinContext context, RegoValue value) {
    RegoArray pairs = Accumulators.array(8);
    walk(context, RegoArray.EMPTY, value, pairs);
    return pairs;
  }

  private static void walk(
      BuiltinContext context, RegoArray path, RegoValue value, RegoArray pairs) {
    context.elements(3L + path.size());
    Accumulators.append(pairs, RegoArray.of(path, value));
    if (value instanceof RegoArray array) {
      for (int i = 0; i < array.size(); i++) {
        walk(context, longer(path, RegoNumber.of(i)), array.get(i), pairs);
      }
    } else if (value instanceof RegoObject object) {
      Costs.order(context, object);
      for (RegoObject.Entry entry : object) {
        walk(context, longer(path, entry.key()), entry.value(), pairs);
      }
    } else if (value instanceof RegoSet set) {
      Costs.order(context, set);
      for (RegoValue member : set) {
        walk(context, longer(path, member), member, pairs);
      }
    }
  }

  private static RegoArray longer(RegoArray path, RegoValue key) {
    RegoArray result = Accumulators.array(path.size() + 1);
    path.forEach(x -> Accumulators.append(result, x));
    Accumulators.append(result, key);
    return result;
  }
}
