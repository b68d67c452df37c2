package qoa.operators

known contains "less_than"

# METADATA
# title: Less than
# description: The observed value is below the expected one.
holds("less_than", observed, value) := observed < value if {
	is_number(observed)
	is_number(value)
} else := observed < truth[value] if is_boolean(observed)
