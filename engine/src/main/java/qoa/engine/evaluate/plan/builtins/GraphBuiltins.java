package qoa.engine.evaluate.plan.builtins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import qoa.engine.evaluate.plan.value.Accumulators;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code graph.*}: a graph is an object from nodes to their neighbours. */
final class GraphBuiltins {
  private GraphBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("graph.reachable", (c, g, from) -> reachable(c, Operands.object(g, 1), start(from)))
        .add2(
            "graph.reachable_paths", (c, g, from) -> paths(c, Operands.object(g, 1), start(from)));
  }

  private static List<RegoValue> start(RegoValue initial) {
    if (!(initial instanceof RegoArray) && !(initial instanceof RegoSet)) {
      throw OperandException.type(2, initial, "{array, set}");
    }
    return list(initial);
  }

  /** The elements of an array or a set; anything else has none. */
  private static List<RegoValue> list(RegoValue nodes) {
    List<RegoValue> list = new ArrayList<>();
    if (nodes instanceof RegoArray || nodes instanceof RegoSet) {
      Operands.elements(nodes, 1).forEach(list::add);
    }
    return list;
  }

  private static RegoValue reachable(
      BuiltinContext context, RegoObject graph, List<RegoValue> initial) {
    RegoSet reached = Accumulators.set(8);
    Deque<RegoValue> queue = new ArrayDeque<>(initial);
    while (!queue.isEmpty()) {
      context.charge(1);
      RegoValue node = queue.remove();
      RegoValue neighbours = graph.get(node);
      if (neighbours != null && !reached.contains(node)) {
        Accumulators.add(reached, node);
        queue.addAll(list(neighbours));
      }
    }
    return reached;
  }

  private static RegoValue paths(
      BuiltinContext context, RegoObject graph, List<RegoValue> initial) {
    RegoSet paths = Accumulators.set(8);
    for (RegoValue node : initial) {
      if (graph.get(node) != null) {
        follow(context, graph, node, new ArrayList<>(), new HashSet<>(), paths);
      }
    }
    return paths;
  }

  /** Adds the longest paths that begin with {@code path} and go on with {@code node}. */
  private static void follow(
      BuiltinContext context,
      RegoObject graph,
      RegoValue node,
      List<RegoValue> path,
      Set<RegoValue> onPath,
      RegoSet paths) {
    context.charge(1 + path.size());
    RegoValue neighbours = graph.get(node);
    if (neighbours == null) {
      Accumulators.add(paths, RegoArray.copyOf(path));
      return;
    }
    path.add(node);
    onPath.add(node);
    List<RegoValue> next = list(neighbours);
    if (next.isEmpty()) {
      Accumulators.add(paths, RegoArray.copyOf(path));
    }
    for (RegoValue neighbour : next) {
      if (onPath.contains(neighbour)) {
        Accumulators.add(paths, RegoArray.copyOf(path));
      } else {
        follow(context, graph, neighbour, path, onPath, paths);
      }
    }
    onPath.remove(node);
    path.remove(path.size() - 1);
  }
}
