package qoa.operators

known contains "less_equal"

# METADATA
# title: Less than or equal
# description: The observed value is at most the expected one.
holds("less_equal", observed, value) := observed <= value if {
	is_number(observed)
	is_number(value)
} else := observed <= truth[value] if is_boolean(observed)
