package cases

# Loops over everything three times.
explosion contains x if {
	some a in numbers.range(1, 1000)
	some b in numbers.range(1, 1000)
	some c in numbers.range(1, 1000)
	x := (a * b) * c
	x < 0
}

# Builds larger and larger texts.
growth := concat("", [s | some i in numbers.range(1, 1000000); s := sprintf("%1000000d", [i])])

conflict := 1 if input.x > 0

conflict := 2 if input.x > 1

fails := to_number(input.text)

random := [rand.intn("a", 1000000), rand.intn("b", 1000000), rand.intn("a", 1000000)]

now := time.now_ns()

limit := input.limit

exceeded if input.value > limit

under_other_limit if exceeded with input.limit as 10

both := [exceeded_or_not, exceeded_or_not] if true

exceeded_or_not := "yes" if exceeded

exceeded_or_not := "no" if not exceeded

with_and_without := [before, during, after] if {
	before := exceeded_or_not
	during := exceeded_or_not with input.limit as 1
	after := exceeded_or_not
}

said := x if {
	x := input.x
	print("x is", x)
}
