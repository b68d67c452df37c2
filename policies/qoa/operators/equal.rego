package qoa.operators

known contains "equal"

# METADATA
# title: Equal
# description: The observed value is exactly the promised one.
holds("equal", observed, value) := observed == threshold(observed, value)
