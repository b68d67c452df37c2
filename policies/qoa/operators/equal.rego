package qoa.operators

known contains "equal"

# METADATA
# title: Equal
# description: The observed value is exactly the expected one.
holds("equal", observed, value) := observed == value if {
	is_number(observed)
	is_number(value)
} else := observed == truth[value] if is_boolean(observed)
