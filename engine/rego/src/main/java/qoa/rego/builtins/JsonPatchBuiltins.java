package qoa.rego.builtins;

import java.util.List;
import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code json.patch}: RFC 6902, and the same on sets, where a member is its own name. */
final class JsonPatchBuiltins {
  private static final RegoString OP = RegoString.of("op");
  private static final RegoString PATH = RegoString.of("path");
  private static final RegoString FROM = RegoString.of("from");
  private static final RegoString VALUE = RegoString.of("value");

  private JsonPatchBuiltins() {}

  static void register(Builtins.Table table) {
    table.add2("json.patch", Cost.OWN, (c, x, patches) -> patch(c, x, Operands.array(patches, 2)));
  }

  private static RegoValue patch(BuiltinContext context, RegoValue value, RegoArray operations) {
    RegoValue result = value;
    for (RegoValue element : operations) {
      context.charge(1);
      if (!(element instanceof RegoObject operation)) {
        throw new BuiltinException(
            "must be an array of JSON-Patch objects, but at least one element is not an object");
      }
      result = apply(context, result, operation);
    }
    return result;
  }

  private static RegoValue apply(BuiltinContext context, RegoValue value, RegoObject operation) {
    List<RegoValue> path = JsonPathBuiltins.path(context, required(operation, PATH));
    if (!(required(operation, OP) instanceof RegoString op)) {
      throw new BuiltinException("attribute 'op' must be a string");
    }
    return switch (op.value()) {
      case "add" -> add(context, value, path, 0, required(operation, VALUE));
      case "remove" -> remove(context, value, path, 0);
      case "replace" -> {
        RegoValue without = path.isEmpty() ? value : remove(context, value, path, 0);
        yield add(context, without, path, 0, required(operation, VALUE));
      }
      case "move" -> {
        List<RegoValue> from = JsonPathBuiltins.path(context, required(operation, FROM));
        RegoValue moved = find(context, value, from);
        yield add(
            context, from.isEmpty() ? value : remove(context, value, from, 0), path, 0, moved);
      }
      case "copy" ->
          add(
              context,
              value,
              path,
              0,
              find(context, value, JsonPathBuiltins.path(context, required(operation, FROM))));
      case "test" -> {
        RegoValue wanted = required(operation, VALUE);
        RegoValue found = find(context, value, path);
        Costs.comparison(context, found, wanted);
        if (!found.equals(wanted)) {
          throw new BuiltinException("the value differs from the patch's");
        }
        yield value;
      }
      default ->
          throw new BuiltinException("unrecognized op: '" + TermText.shown(op.value()) + "'");
    };
  }

  private static RegoValue required(RegoObject operation, RegoString name) {
    RegoValue value = operation.get(name);
    if (value == null) {
      throw new BuiltinException("missing required attribute '" + name.value() + "'");
    }
    return value;
  }

  private static BuiltinException notThere(RegoValue key) {
    return new BuiltinException("path " + TermText.shown(key) + " does not exist");
  }

  private static RegoValue find(BuiltinContext context, RegoValue value, List<RegoValue> path) {
    RegoValue found = value;
    for (RegoValue key : path) {
      found = below(context, found, key);
    }
    return found;
  }

  private static RegoValue below(BuiltinContext context, RegoValue value, RegoValue key) {
    context.charge(1);
    Costs.key(context, key);
    RegoValue found =
        value instanceof RegoArray array
            ? array.get(position(key, array.size() - 1))
            : value.get(key);
    if (found == null) {
      throw notThere(key);
    }
    return found;
  }

  /** An index from 0 to {@code last}, given as a number or as its digits. */
  private static int position(RegoValue key, int last) {
    long index = -1;
    if (key instanceof RegoNumber number && number.isLong()) {
      index = number.longValue();
    } else if (key instanceof RegoString text && text.value().matches("0|[1-9]\\d{0,8}")) {
      index = Long.parseLong(text.value());
    }
    if (index < 0 || index > last) {
      throw notThere(key);
    }
    return (int) index;
  }

  private static RegoValue add(
      BuiltinContext context, RegoValue value, List<RegoValue> path, int depth, RegoValue added) {
    if (depth == path.size()) {
      return added;
    }
    RegoValue key = path.get(depth);
    if (depth < path.size() - 1) {
      return replaced(
          context, value, key, add(context, below(context, value, key), path, depth + 1, added));
    }
    if (value instanceof RegoArray array) {
      boolean atEnd = key instanceof RegoString text && text.value().equals("-");
      int index = atEnd ? array.size() : position(key, array.size());
      return spliced(context, array, index, index, added);
    }
    Costs.comparison(context, key, added);
    if (value instanceof RegoSet && !key.equals(added)) {
      throw new BuiltinException(
          "set key " + TermText.shown(key) + " does not equal value to be inserted");
    }
    return replaced(context, value, key, added);
  }

  /** {@code value} with {@code key} referring to {@code other}. */
  private static RegoValue replaced(
      BuiltinContext context, RegoValue value, RegoValue key, RegoValue other) {
    Cost.COPIES.charge(context, value);
    Costs.key(context, other);
    if (value instanceof RegoObject object) {
      RegoObject copy = Accumulators.copy(object);
      Accumulators.insert(copy, key, other);
      return copy;
    }
    if (value instanceof RegoArray array) {
      int index = position(key, array.size() - 1);
      return spliced(context, array, index, index + 1, other);
    }
    if (value instanceof RegoSet set) {
      SetBuiltins.pay(context, set);
      RegoSet copy = Accumulators.set(set.size() + 1);
      set.forEach(
          member -> {
            if (!member.equals(key)) {
              Accumulators.add(copy, member);
            }
          });
      Accumulators.add(copy, other);
      return copy;
    }
    throw new BuiltinException("expected composite type, found " + value.type().regoName());
  }

  private static RegoArray spliced(
      BuiltinContext context, RegoArray array, int from, int to, RegoValue between) {
    context.elements(1L + array.size());
    RegoArray result = Accumulators.array(array.size() + 1);
    for (int i = 0; i < from; i++) {
      Accumulators.append(result, array.get(i));
    }
    if (between != null) {
      Accumulators.append(result, between);
    }
    for (int i = to; i < array.size(); i++) {
      Accumulators.append(result, array.get(i));
    }
    return result;
  }

  private static RegoValue remove(
      BuiltinContext context, RegoValue value, List<RegoValue> path, int depth) {
    if (path.isEmpty()) {
      throw new BuiltinException("cannot remove the whole document");
    }
    RegoValue key = path.get(depth);
    if (depth < path.size() - 1) {
      return replaced(
          context, value, key, remove(context, below(context, value, key), path, depth + 1));
    }
    below(context, value, key);
    if (value instanceof RegoArray array) {
      int index = position(key, array.size() - 1);
      return spliced(context, array, index, index + 1, null);
    }
    if (value instanceof RegoObject object) {
      Cost.COPIES.charge(context, object);
      context.charge(object.keysWeight());
      RegoObject result = Accumulators.object(object.size());
      object.forEach(
          entry -> {
            if (!entry.key().equals(key)) {
              Accumulators.insert(result, entry.key(), entry.value());
            }
          });
      return result;
    }
    return SetBuiltins.difference(context, (RegoSet) value, RegoSet.of(key));
  }
}
