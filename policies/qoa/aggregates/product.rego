package qoa.aggregates

# METADATA
# title: PRODUCT
# description: The product; null if a double cannot hold it.
number["PRODUCT"] := "product"
