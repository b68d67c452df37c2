package qoa.operators

known contains "greater_than"

# METADATA
# title: Greater than
# description: The observed value is above the expected one.
holds("greater_than", observed, value) := observed > value if {
	is_number(observed)
	is_number(value)
} else := observed > truth[value] if is_boolean(observed)
