package hostile.union_doubling

# An object that holds itself twice on every level: small in memory, and a thousand million leaves.
twice(x) := {"a": x, "b": x}

eight(x) := twice(twice(twice(twice(twice(twice(twice(twice(x))))))))

tree := eight(eight(eight(eight({"leaf": input.reports}))))

violation contains {"constraint": "c", "observed": object.union_n([tree, tree])}
