package qoa.aggregates

# METADATA
# title: P95
# description: The 95th percentile, which 19 of 20 observations do not exceed.
number["P95"] := "p95"
