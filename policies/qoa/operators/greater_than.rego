package qoa.operators

known contains "greater_than"

# METADATA
# title: Greater than
# description: The observed value is above the promised one.
holds("greater_than", observed, value) := observed > threshold(observed, value)
