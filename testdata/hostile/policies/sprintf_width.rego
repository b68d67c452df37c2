package hostile.sprintf_width

# Texts of a million characters for a few.
violation contains {"constraint": "c", "message": text} if {
	some i in numbers.range(1, 1000)
	text := sprintf("%999999d %.999999f", [i, i / 3])
}
