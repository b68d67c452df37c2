package hostile.long_message

# A message of 2.5 MB, and very long lists.
part := sprintf("%0833333d", [input.reports])

violation contains {
	"constraint": "c",
	"message": concat("", [part, part, part]),
	"observed": numbers.range(1, 20000),
	"expected": {"value": sprintf("%0100000d", [1])},
	"consumers": [sprintf("consumer-%d", [i]) | some i in numbers.range(1, 5000)],
}
