package hostile.equal_trees

# Two separate trees with a billion equal leaves.
twice(x) := [x, x]

eight(x) := twice(twice(twice(twice(twice(twice(twice(twice(x))))))))

tree(x) := eight(eight(eight(eight([x]))))

violation contains {"constraint": "c"} if tree(input.reports) == tree(input.reports + 0)

violation contains {"constraint": "set", "observed": count({tree(1), tree(2 - 1)})}
