package qoa.rego.builtins;

import java.util.ArrayList;
import java.util.List;
import qoa.rego.budget.LimitException;
import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoComposite;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** {@code json.filter} and {@code json.remove}, and the paths that they and patches use. */
final class JsonPathBuiltins {
  private JsonPathBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2(
            "json.filter",
            Cost.OWN,
            (c, o, paths) -> filter(c, Operands.object(o, 1), tree(c, paths)))
        .add2(
            "json.remove",
            Cost.OWN,
            (c, o, paths) -> remove(c, Operands.object(o, 1), tree(c, paths)));
  }

  /** The names and indexes of a path: an array of them, or a text like {@code a/b/0}. */
  static List<RegoValue> path(BuiltinContext context, RegoValue path) {
    Cost.COPIES.charge(context, path);
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
          context.elements(1);
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
  private static RegoObject tree(BuiltinContext context, RegoValue paths) {
    if (!(paths instanceof RegoArray) && !(paths instanceof RegoSet)) {
      throw OperandException.type(2, paths, "set", "array");
    }
    Cost.READS.charge(context, paths);
    RegoObject root = Accumulators.object(4);
    for (RegoValue path : Operands.elements(paths, 2)) {
      List<RegoValue> steps = path(context, path);
      if (steps.size() > RegoComposite.MAX_DEPTH) {
        throw new LimitException("a path of more than " + RegoComposite.MAX_DEPTH + " names");
      }
      context.elements(2L * steps.size());
      context.charge(2L * path.weight());
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

  private static RegoValue filter(BuiltinContext context, RegoValue value, RegoValue filter) {
    if (!(filter instanceof RegoObject wanted)) {
      return value;
    }
    context.charge(1);
    Cost.COPIES.charge(context, value);
    if (value instanceof RegoArray array) {
      RegoArray result = Accumulators.array(4);
      for (int i = 0; i < array.size(); i++) {
        RegoValue below = wanted.get(index(i));
        if (below != null) {
          Accumulators.append(result, filter(context, array.get(i), below));
        }
      }
      return result;
    }
    if (value instanceof RegoSet set) {
      RegoSet result = Accumulators.set(4);
      for (RegoValue member : set) {
        Costs.key(context, member);
        RegoValue below = wanted.get(member);
        if (below != null) {
          Accumulators.add(result, filter(context, member, below));
        }
      }
      return result;
    }
    if (value instanceof RegoObject object) {
      RegoObject result = Accumulators.object(4);
      for (RegoObject.Entry entry : object) {
        Costs.key(context, entry.key());
        RegoValue below = wanted.get(entry.key());
        if (below != null) {
          Accumulators.insert(result, entry.key(), filter(context, entry.value(), below));
        }
      }
      return result;
    }
    return value;
  }

  /** {@code value} without what {@code tree} names; null where that is all of it. */
  private static RegoValue remove(BuiltinContext context, RegoValue value, RegoValue tree) {
    if (tree == null) {
      return value;
    }
    if (tree instanceof RegoNull) {
      return null;
    }
    if (!(tree instanceof RegoObject unwanted)) {
      return value;
    }
    Cost.COPIES.charge(context, value);
    if (value instanceof RegoObject object) {
      RegoObject result = Accumulators.object(object.size());
      for (RegoObject.Entry entry : object) {
        Costs.key(context, entry.key());
        RegoValue left = remove(context, entry.value(), unwanted.get(entry.key()));
        if (left != null) {
          Accumulators.insert(result, entry.key(), left);
        }
      }
      return result;
    }
    if (value instanceof RegoSet set) {
      RegoSet result = Accumulators.set(set.size());
      for (RegoValue member : set) {
        Costs.key(context, member);
        RegoValue left = remove(context, member, unwanted.get(member));
        if (left != null) {
          Accumulators.add(result, left);
        }
      }
      return result;
    }
    return value instanceof RegoArray array ? removeFromArray(context, array, unwanted) : value;
  }

  private static RegoValue removeFromArray(
      BuiltinContext context, RegoArray array, RegoObject unwanted) {
    RegoArray result = Accumulators.array(array.size());
    for (int i = 0; i < array.size(); i++) {
      RegoValue left = remove(context, array.get(i), unwanted.get(index(i)));
      if (left != null) {
        Accumulators.append(result, left);
      }
    }
    return result;
  }
}
