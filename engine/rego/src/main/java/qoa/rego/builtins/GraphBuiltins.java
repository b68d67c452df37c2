package qoa.rego.builtins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import qoa.rego.budget.LimitException;
import qoa.rego.value.Accumulators;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** {@code graph.*}: a graph is an object from nodes to their neighbours. */
final class GraphBuiltins {
  /** Each node of a path is a call. */
  private static final int MAX_PATH = 1_000;

  private GraphBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2(
            "graph.reachable",
            Cost.OWN,
            (c, g, from) -> reachable(c, Operands.object(g, 1), start(c, from)))
        .add2(
            "graph.reachable_paths",
            Cost.OWN,
            (c, g, from) -> paths(c, Operands.object(g, 1), start(c, from)));
  }

  private static List<RegoValue> start(BuiltinContext context, RegoValue initial) {
    if (!(initial instanceof RegoArray) && !(initial instanceof RegoSet)) {
      throw OperandException.type(2, initial, "{array, set}");
    }
    return list(context, initial);
  }

  /** The elements of an array or a set; anything else has none. */
  private static List<RegoValue> list(BuiltinContext context, RegoValue nodes) {
    List<RegoValue> list = new ArrayList<>();
    if (nodes instanceof RegoArray || nodes instanceof RegoSet) {
      Cost.COPIES.charge(context, nodes);
      Operands.elements(nodes, 1).forEach(list::add);
    }
    return list;
  }

  private static RegoValue reachable(
      BuiltinContext context, RegoObject graph, List<RegoValue> initial) {
    RegoSet reached = Accumulators.set(8);
    Deque<RegoValue> queue = new ArrayDeque<>(initial);
    while (!queue.isEmpty()) {
      context.elements(1);
      RegoValue node = queue.remove();
      Costs.key(context, node);
      RegoValue neighbours = graph.get(node);
      if (neighbours != null && !reached.contains(node)) {
        Accumulators.add(reached, node);
        queue.addAll(list(context, neighbours));
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

  private static void add(BuiltinContext context, RegoSet paths, List<RegoValue> path) {
    RegoArray one = RegoArray.copyOf(path);
    Costs.key(context, one);
    Accumulators.add(paths, one);
  }

  /** Adds the longest paths that begin with {@code path} and go on with {@code node}. */
  private static void follow(
      BuiltinContext context,
      RegoObject graph,
      RegoValue node,
      List<RegoValue> path,
      Set<RegoValue> onPath,
      RegoSet paths) {
    context.elements(2L + path.size());
    Costs.key(context, node);
    if (path.size() > MAX_PATH) {
      throw new LimitException("a path of more than " + MAX_PATH + " nodes");
    }
    RegoValue neighbours = graph.get(node);
    if (neighbours == null) {
      add(context, paths, path);
      return;
    }
    path.add(node);
    onPath.add(node);
    List<RegoValue> next = list(context, neighbours);
    if (next.isEmpty()) {
      add(context, paths, path);
    }
    for (RegoValue neighbour : next) {
      Costs.key(context, neighbour);
      if (onPath.contains(neighbour)) {
        context.elements(1L + path.size());
        add(context, paths, path);
      } else {
        follow(context, graph, neighbour, path, onPath, paths);
      }
    }
    onPath.remove(node);
    path.remove(path.size() - 1);
  }
}
