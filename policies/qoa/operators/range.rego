package qoa.operators

known contains "range"

# METADATA
# title: Range
# description: >-
#   The observed value lies between `min` and `max` of the promised value, both ends included.
#   A range whose `min` is above its `max` promises nothing, and cannot be judged.
holds("range", observed, value) := is_inside(observed, low, high) if {
	low := threshold(observed, value.min)
	high := threshold(observed, value.max)
	low <= high
}

is_inside(observed, low, high) if {
	low <= observed
	observed <= high
} else := false
