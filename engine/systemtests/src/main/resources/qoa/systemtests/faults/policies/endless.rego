package faults.endless

# Looks at sixteen million pairs, and finds none.
met contains {"constraint": "c"} if {
	some a in numbers.range(1, 4000)
	some b in numbers.range(1, 4000)
	a * b == 1000000007
}
