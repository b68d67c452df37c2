package hostile.union_doubling

# An object that contains the same object twice on every level. It is small in memory and has a billion leaves.
twice(x) := {"a": x, "b": x}

eight(x) := twice(twice(twice(twice(twice(twice(twice(twice(x))))))))

tree := eight(eight(eight(eight({"leaf": input.reports}))))

violation contains {"constraint": "c", "observed": object.union_n([tree, tree])}
