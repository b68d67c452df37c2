package hostile.equal_trees

# Two trees of a thousand million equal leaves, made apart from one another.
twice(x) := [x, x]

eight(x) := twice(twice(twice(twice(twice(twice(twice(twice(x))))))))

tree(x) := eight(eight(eight(eight([x]))))

violation contains {"constraint": "c"} if tree(input.reports) == tree(input.reports + 0)

violation contains {"constraint": "set", "observed": count({tree(1), tree(2 - 1)})}
