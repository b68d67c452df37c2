package qoa.aggregates

# METADATA
# title: PRODUCT
# description: The product; unknown where no double can hold it.
number["PRODUCT"] := "product"
