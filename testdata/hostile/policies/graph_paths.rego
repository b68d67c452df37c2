package hostile.graph_paths

# A path for every order of 14 nodes.
nodes := numbers.range(1, 14)

edges := {node: nodes | some node in nodes}

violation contains {"constraint": "c", "observed": count(graph.reachable_paths(edges, {input.reports % 14}))}
