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

both := [exceeded_or_not, exceeded_or_not]

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

# Depends on data and the contract's id alone.
of_contract := document.limit

document := data.contracts[input.contract]

# These only look as if they did.
of_contract_and_time := [document.limit, time.now_ns()]

of_contract_and_input := [document.limit, input.x]

of_two_contracts := [of_contract, other, of_contract] if other := of_contract with input.contract as "b"

unit_of("time") := "s"

unit_of("size") := "B" if input.binary

else := "b"

unit_of(name) := "USD" if startswith(name, "cost")

units := [unit_of(name) | some name in input.names]

first := {"a": input.x, "b": null, "c": [1, input.x]}

literals := [first, object.union(first, {"a": 1, "d": 2}), first]

# Definitions that ask for a constant, beside one that takes any and one whose value comes out of a loop.
price("small", n) := n

price("large", n) := n * 2 if n < 100

else := n

price(name, n) := p if {
	some other in input.agreed
	name == other
	p := n
}

prices := [price(name, input.n) | some name in input.names]

cost("small", n) := n

cost("large", n) := n * 2

cost(name, n) := n + extra if extra := input.extra[name]

costs := [cost(name, input.n) | some name in input.names]

# What each alternative calls its own.
bound(range) := low if {
	low := range.low
	low > 5
} else := size if {
	high := range.high
	size := high * 10
	size > 5
} else := last if {
	high := object.get(range, "high", null)
	low := object.get(range, "low", null)
	last := [low, high]
}

bounds := [bound(range) | some range in input.ranges]
