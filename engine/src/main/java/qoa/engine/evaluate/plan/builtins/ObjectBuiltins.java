package qoa.engine.evaluate.plan.builtins;

import qoa.engine.evaluate.plan.value.Accumulators;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code object.*}. */
final class ObjectBuiltins {
  private ObjectBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add3("object.get", (c, o, key, other) -> get(Operands.object(o, 1), key, other))
        .add1("object.keys", (c, o) -> keys(Operands.object(o, 1)))
        .add2("object.union", (c, a, b) -> union(Operands.object(a, 1), Operands.object(b, 2)))
        .add1("object.union_n", (c, a) -> unionOfAll(Operands.array(a, 1)))
        .add2("object.filter", (c, o, keys) -> select(Operands.object(o, 1), keySet(keys), true))
        .add2("object.remove", (c, o, keys) -> select(Operands.object(o, 1), keySet(keys), false))
        .add2("object.subset", (c, a, b) -> RegoBoolean.of(subset(a, b)));
  }

  private static RegoValue get(RegoObject object, RegoValue key, RegoValue other) {
    RegoValue found = object;
    if (key instanceof RegoArray path) {
      for (int i = 0; i < path.size() && found != null; i++) {
        found = found.get(path.get(i));
      }
    } else {
      found = object.get(key);
    }
    return found == null ? other : found;
  }

  private static RegoSet keys(RegoObject object) {
    RegoSet keys = Accumulators.set(object.size());
    object.forEach(e -> Accumulators.add(keys, e.key()));
    return keys;
  }

  private static RegoObject union(RegoObject a, RegoObject b) {
    RegoObject result = Accumulators.copy(a);
    for (RegoObject.Entry entry : b) {
      boolean bothObjects =
          entry.value() instanceof RegoObject && a.get(entry.key()) instanceof RegoObject;
      RegoValue value =
          bothObjects
              ? union((RegoObject) a.get(entry.key()), (RegoObject) entry.value())
              : entry.value();
      Accumulators.insert(result, entry.key(), value);
    }
    return result;
  }

  private static RegoObject unionOfAll(RegoArray objects) {
    RegoObject result = RegoObject.empty();
    for (RegoValue element : objects) {
      if (!(element instanceof RegoObject object)) {
        throw OperandException.element(1, objects, element, "object");
      }
      result = result.size() == 0 ? object : union(result, object);
    }
    return result;
  }

  private static RegoSet keySet(RegoValue keys) {
    if (keys instanceof RegoSet set) {
      return set;
    }
    if (keys instanceof RegoObject object) {
      return keys(object);
    }
    if (keys instanceof RegoArray array) {
      return CastBuiltins.toSet(array);
    }
    throw OperandException.type(2, keys, "object", "set", "array");
  }

  private static RegoObject select(RegoObject object, RegoSet keys, boolean wanted) {
    RegoObject result = Accumulators.object(4);
    for (RegoObject.Entry entry : object) {
      if (keys.contains(entry.key()) == wanted) {
        Accumulators.insert(result, entry.key(), entry.value());
      }
    }
    return result;
  }

  private static boolean subset(RegoValue whole, RegoValue part) {
    if (whole instanceof RegoObject a && part instanceof RegoObject b) {
      return objectSubset(a, b);
    }
    if (whole instanceof RegoSet a && part instanceof RegoSet b) {
      return setSubset(a, b);
    }
    if (whole instanceof RegoArray a && part instanceof RegoArray b) {
      return arraySubset(a, b);
    }
    if (whole instanceof RegoArray a && part instanceof RegoSet b) {
      return arrayCovers(a, b);
    }
    throw new OperandException(
        "both arguments object.subset must be of the same type or array and set");
  }

  private static boolean objectSubset(RegoObject whole, RegoObject part) {
    for (RegoObject.Entry entry : part) {
      RegoValue a = whole.get(entry.key());
      RegoValue b = entry.value();
      boolean covered =
          a != null
              && (a.equals(b)
                  || (a instanceof RegoObject x && b instanceof RegoObject y && objectSubset(x, y))
                  || (a instanceof RegoSet s && b instanceof RegoSet t && setSubset(s, t))
                  || (a instanceof RegoArray v && b instanceof RegoArray w && arraySubset(v, w)));
      if (!covered) {
        return false;
      }
    }
    return true;
  }

  private static boolean setSubset(RegoSet whole, RegoSet part) {
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
  private static boolean arrayCovers(RegoArray whole, RegoSet part) {
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
  private static boolean arraySubset(RegoArray whole, RegoArray part) {
    for (int start = 0; start + part.size() <= whole.size(); start++) {
      int matched = 0;
      while (matched < part.size() && whole.get(start + matched).equals(part.get(matched))) {
        matched++;
      }
      if (matched == part.size()) {
        return true;
      }
    }
    return false;
  }
}
