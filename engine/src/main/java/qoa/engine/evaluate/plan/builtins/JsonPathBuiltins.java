package qoa.engine.evaluate.plan.builtins;

import java.util.ArrayList;
import java.util.List;
import qoa.engine.evaluate.plan.value.Accumulators;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code json.filter} and {@code json.remove}, and the paths that they and patches use. */
final class JsonPathBuiltins {
  private JsonPathBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("json.filter", (c, o, paths) -> filter(Operands.object(o, 1), tree(paths)))
        .add2("json.remove", (c, o, paths) -> remove(Operands.object(o, 1), tree(paths)));
  }

  /** The names and indexes of a path: an array of them, or a text like {@code a/b/0}. */
  static List<RegoValue> path(RegoValue path) {
    List<RegoValue> steps = new ArrayList<>();
    if (path instanceof RegoArray array) {
      array.forEach(steps::add);
    } else if (path instanceof RegoString string) {
      if (!string.value().isEmpty()) {
        int start = 0;
        while (start < string.value().length() && string.value().charAt(start) == '/') {
          start++;
        }
        for (String step : string.value().substring(start).split("/", -1)) {
          steps.add(RegoString.of(step.replace("~1", "/").replace("~0", "~")));
        }
      }
    } else {
      throw new OperandException(
          2,
          "must be one of {set, array} containing string paths or array of path segments but got "
              + path.type().regoName());
    }
    return steps;
  }

  /** The paths as nested objects whose leaves are null; a shorter path hides longer ones. */
  private static RegoObject tree(RegoValue paths) {
    if (!(paths instanceof RegoArray) && !(paths instanceof RegoSet)) {
      throw OperandException.type(2, paths, "set", "array");
    }
    RegoObject root = Accumulators.object(4);
    for (RegoValue path : Operands.elements(paths, 2)) {
      List<RegoValue> steps = path(path);
      RegoObject node = root;
      for (int i = 0; i < steps.size() - 1 && node != null; i++) {
        node = child(node, steps.get(i));
      }
      if (node != null && !steps.isEmpty()) {
        Accumulators.insert(node, steps.get(steps.size() - 1), RegoNull.NULL);
      }
    }
    return root;
  }

  /** The object below {@code key}, made if it is not there, or null if a leaf is there. */
  private static RegoObject child(RegoObject node, RegoValue key) {
    RegoValue known = node.get(key);
    if (known == null) {
      RegoObject made = Accumulators.object(2);
      Accumulators.insert(node, key, made);
      return made;
    }
    return known instanceof RegoObject object ? object : null;
  }

  private static RegoString index(int i) {
    return RegoString.of(Integer.toString(i));
  }

  private static RegoValue filter(RegoValue value, RegoValue filter) {
    if (!(filter instanceof RegoObject wanted)) {
      return value;
    }
    if (value instanceof RegoArray array) {
      RegoArray result = Accumulators.array(4);
      for (int i = 0; i < array.size(); i++) {
        RegoValue below = wanted.get(index(i));
        if (below != null) {
          Accumulators.append(result, filter(array.get(i), below));
        }
      }
      return result;
    }
    if (value instanceof RegoSet set) {
      RegoSet result = Accumulators.set(4);
      for (RegoValue member : set) {
        RegoValue below = wanted.get(member);
        if (below != null) {
          Accumulators.add(result, filter(member, below));
        }
      }
      return result;
    }
    if (value instanceof RegoObject object) {
      RegoObject result = Accumulators.object(4);
      for (RegoObject.Entry entry : object) {
        RegoValue below = wanted.get(entry.key());
        if (below != null) {
          Accumulators.insert(result, entry.key(), filter(entry.value(), below));
        }
      }
      return result;
    }
    return value;
  }

  /** {@code value} without what {@code tree} names; null where that is all of it. */
  private static RegoValue remove(RegoValue value, RegoValue tree) {
    if (tree == null) {
      return value;
    }
    if (tree instanceof RegoNull) {
      return null;
    }
    if (!(tree instanceof RegoObject unwanted)) {
      return value;
    }
    if (value instanceof RegoObject object) {
      RegoObject result = Accumulators.object(object.size());
      for (RegoObject.Entry entry : object) {
        RegoValue left = remove(entry.value(), unwanted.get(entry.key()));
        if (left != null) {
          Accumulators.insert(result, entry.key(), left);
        }
      }
      return result;
    }
    if (value instanceof RegoSet set) {
      RegoSet result = Accumulators.set(set.size());
      for (RegoValue member : set) {
        RegoValue left = remove(member, unwanted.get(member));
        if (left != null) {
          Accumulators.add(result, left);
        }
      }
      return result;
    }
    return value instanceof RegoArray array ? removeFromArray(array, unwanted) : value;
  }

  private static RegoValue removeFromArray(RegoArray array, RegoObject unwanted) {
    RegoArray result = Accumulators.array(array.size());
    for (int i = 0; i < array.size(); i++) {
      RegoValue left = remove(array.get(i), unwanted.get(index(i)));
      if (left != null) {
        Accumulators.append(result, left);
      }
    }
    return result;
  }
}
