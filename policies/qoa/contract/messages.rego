package qoa.contract

# METADATA
# title: What people read about a broken promise
broken_message(member) := sprintf("%s is %s, promised %s %s", [
	subject(member),
	quantity(member.observed, member.expected),
	member.expected.operator,
	quantity(member.expected.value, member.expected),
])

# METADATA
# title: What people read about a promise that cannot be judged
unjudged_message(group, constraint, facts) := sprintf("%s cannot be judged: %s", [
	subject(object.union(object.filter(group, {"stage"}), facts)),
	reason(group, constraint),
])

subject(member) := sprintf("%s at %v", [measure(member), member.stage])

subject(member) := measure(member) if not member.stage

measure(member) := concat(" ", [member.aggregate, member.metric]) if {
	is_string(member.aggregate)
	is_string(member.metric)
} else := "constraint"

quantity(value, expected) := sprintf("%s %s", [amount(value), expected.unit])

quantity(value, expected) := amount(value) if not expected.unit

amount(value) := sprintf("%v to %v", [value.min, value.max])

amount(value) := sprintf("%v", [rounded(value)]) if not is_object(value)

# Six decimals are enough to see by how much a promise was missed; `observed` has all of them.
rounded(value) := round(value * 1000000) / 1000000 if {
	is_number(value)
	abs(value) >= 0.001
} else := value
