package qoa.aggregates

# METADATA
# title: LAST
# description: The number with the latest event time.
number["LAST"] := "last"
