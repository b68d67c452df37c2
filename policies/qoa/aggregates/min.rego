package qoa.aggregates

# METADATA
# title: MIN
# description: The smallest number.
number["MIN"] := "min"
