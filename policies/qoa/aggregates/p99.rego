package qoa.aggregates

# METADATA
# title: P99
# description: The 99th percentile, which 99 of 100 observations do not exceed.
number["P99"] := "p99"
