package qoa.rego.builtins;

import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** {@code object.*}. */
final class ObjectBuiltins {
  private ObjectBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add3(
            "object.get", Cost.OWN, (c, o, key, other) -> get(c, Operands.object(o, 1), key, other))
        .add1("object.keys", Cost.COPIES, (c, o) -> keys(Operands.object(o, 1)))
        .add2(
            "object.union",
            Cost.OWN,
            (c, a, b) -> union(c, Operands.object(a, 1), Operands.object(b, 2)))
        .add1("object.union_n", Cost.OWN, (c, a) -> unionOfAll(c, Operands.array(a, 1)))
        .add2(
            "object.filter",
            Cost.OWN,
            (c, o, keys) -> select(c, Operands.object(o, 1), keySet(c, keys), true))
        .add2(
            "object.remove",
            Cost.OWN,
            (c, o, keys) -> select(c, Operands.object(o, 1), keySet(c, keys), false))
        .add2("object.subset", Cost.OWN, (c, a, b) -> RegoBoolean.of(subset(c, a, b)));
  }

  private static RegoValue get(
      BuiltinContext context, RegoObject object, RegoValue key, RegoValue other) {
    RegoValue found = object;
    if (key instanceof RegoArray path) {
      context.charge(path.size());
      for (int i = 0; i < path.size() && found != null; i++) {
        Costs.key(context, path.get(i));
        found = found.get(path.get(i));
      }
    } else {
      Costs.key(context, key);
      found = object.get(key);
    }
    return found == null ? other : found;
  }

  private static RegoSet keys(RegoObject object) {
    RegoSet keys = Accumulators.set(object.size());
    object.forEach(e -> Accumulators.add(keys, e.key()));
    return keys;
  }

  private static RegoObject union(BuiltinContext context, RegoObject a, RegoObject b) {
    context.elements((long) a.size() + b.size());
    context.charge(2 * b.keysWeight());
    Costs.order(context, b);
    RegoObject result = Accumulators.copy(a);
    for (RegoObject.Entry entry : b) {
      boolean bothObjects =
          entry.value() instanceof RegoObject && a.get(entry.key()) instanceof RegoObject;
      RegoValue value =
          bothObjects
              ? union(context, (RegoObject) a.get(entry.key()), (RegoObject) entry.value())
              : entry.value();
      Accumulators.insert(result, entry.key(), value);
    }
    return result;
  }

  private static RegoObject unionOfAll(BuiltinContext context, RegoArray objects) {
    context.charge(objects.size());
    RegoObject result = RegoObject.empty();
    for (RegoValue element : objects) {
      if (!(element instanceof RegoObject object)) {
        throw OperandException.element(1, objects, element, "object");
      }
      result = result.size() == 0 ? object : union(context, result, object);
    }
    return result;
  }

  private static RegoSet keySet(BuiltinContext context, RegoValue keys) {
    Cost.COPIES.charge(context, keys);
    context.charge(2L * keys.weight());
    if (keys instanceof RegoSet set) {
      return set;
    }
    if (keys instanceof RegoObject object) {
      return keys(object);
    }
    if (keys instanceof RegoArray array) {
      return CastBuiltins.toSet(context, array);
    }
    throw OperandException.type(2, keys, "object", "set", "array");
  }

  private static RegoObject select(
      BuiltinContext context, RegoObject object, RegoSet keys, boolean wanted) {
    context.elements(object.size());
    context.charge(2 * object.keysWeight());
    Costs.order(context, object);
    RegoObject result = Accumulators.object(4);
    for (RegoObject.Entry entry : object) {
      if (keys.contains(entry.key()) == wanted) {
        Accumulators.insert(result, entry.key(), entry.value());
      }
    }
    return result;
  }

  private static boolean subset(BuiltinContext context, RegoValue whole, RegoValue part) {
    if (whole instanceof RegoObject a && part instanceof RegoObject b) {
      return objectSubset(context, a, b);
    }
    if (whole instanceof RegoSet a && part instanceof RegoSet b) {
      return setSubset(context, a, b);
    }
    if (whole instanceof RegoArray a && part instanceof RegoArray b) {
      return arraySubset(context, a, b);
    }
    if (whole instanceof RegoArray a && part instanceof RegoSet b) {
      return arrayCovers(context, a, b);
    }
    throw new OperandException(
        "both arguments object.subset must be of the same type or array and set");
  }

  private static boolean objectSubset(BuiltinContext context, RegoObject whole, RegoObject part) {
    context.charge(part.weight());
    Costs.order(context, part);
    for (RegoObject.Entry entry : part) {
      RegoValue a = whole.get(entry.key());
      RegoValue b = entry.value();
      boolean covered =
          a != null
              && (a.equals(b)
                  || (a instanceof RegoObject x
                      && b instanceof RegoObject y
                      && objectSubset(context, x, y))
                  || (a instanceof RegoSet s && b instanceof RegoSet t && setSubset(context, s, t))
                  || (a instanceof RegoArray v
                      && b instanceof RegoArray w
                      && arraySubset(context, v, w)));
      if (!covered) {
        return false;
      }
    }
    return true;
  }

  private static boolean setSubset(BuiltinContext context, RegoSet whole, RegoSet part) {
    SetBuiltins.pay(context, part);
    for (RegoValue member : part) {
      if (!whole.contains(member)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Counts an element as often as it is there, and finds nothing in an empty array, as OPA does.
   */
  private static boolean arrayCovers(BuiltinContext context, RegoArray whole, RegoSet part) {
    context.charge(2L * whole.weight());
    int unmatched = part.size();
    for (RegoValue element : whole) {
      if (part.contains(element)) {
        unmatched--;
      }
      if (unmatched == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code part} stands in {@code whole}, in one piece. */
  private static boolean arraySubset(BuiltinContext context, RegoArray whole, RegoArray part) {
    for (int start = 0; start + part.size() <= whole.size(); start++) {
      int matched = 0;
      context.charge(1);
      while (matched < part.size()
          && equal(context, whole.get(start + matched), part.get(matched))) {
        matched++;
      }
      if (matched == part.size()) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(BuiltinContext context, RegoValue a, RegoValue b) {
    context.charge(1);
    Costs.comparison(context, a, b);
    return a.equals(b);
  }
}
