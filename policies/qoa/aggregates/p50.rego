package qoa.aggregates

# METADATA
# title: P50
# description: The median. It is exact for up to 32 numbers, and within 1 % beyond that.
number["P50"] := "p50"
