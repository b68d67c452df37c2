package qoa.operators

known contains "greater_equal"

# METADATA
# title: Greater than or equal
# description: The observed value is at least the expected one.
holds("greater_equal", observed, value) := observed >= value if {
	is_number(observed)
	is_number(value)
} else := observed >= truth[value] if is_boolean(observed)
