package qoa.aggregates

# METADATA
# title: SUM
# description: The sum.
number["SUM"] := "sum"
