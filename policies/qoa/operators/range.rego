package qoa.operators

known contains "range"

# METADATA
# title: Range
# description: >-
#   The observed value is between `min` and `max` of the expected value, both included. A range with a
#   `min` greater than its `max` cannot be judged.
holds("range", observed, value) := is_inside(observed, low, high) if {
	low := threshold(observed, value.min)
	high := threshold(observed, value.max)
	low <= high
}

is_inside(observed, low, high) if {
	low <= observed
	observed <= high
} else := false
