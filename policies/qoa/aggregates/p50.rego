package qoa.aggregates

# METADATA
# title: P50
# description: The median, within the relative error that the engine states.
number["P50"] := "p50"
