package qoa.aggregates

# METADATA
# title: COUNT
# description: How many observations there were.
number["COUNT"] := "count"
