package qoa.aggregates

# METADATA
# title: AVERAGE
# description: The arithmetic mean.
number["AVERAGE"] := "mean"
