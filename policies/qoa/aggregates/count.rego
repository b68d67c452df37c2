package qoa.aggregates

# METADATA
# title: COUNT
# description: The number of observations.
number["COUNT"] := "count"
