package hostile.sprintf_width

# Short formats that create texts of a million characters.
violation contains {"constraint": "c", "message": text} if {
	some i in numbers.range(1, 1000)
	text := sprintf("%999999d %.999999f", [i, i / 3])
}
