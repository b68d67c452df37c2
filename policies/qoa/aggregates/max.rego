package qoa.aggregates

# METADATA
# title: MAX
# description: The largest number.
number["MAX"] := "max"
