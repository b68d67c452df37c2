package qoa.contract

# METADATA
# title: The message about a violated promise
broken_message(wording, observed) := concat("", [wording.before, amount(observed), wording.after])

# METADATA
# title: The text before and after the observed value
wording(promise) := {
	"before": sprintf("%s is ", [subject(promise)]),
	"after": sprintf("%s, promised %s %s%s", [unit, promise.expected.operator, amount(promise.expected.value), unit]),
} if {
	unit := unit_after_amount(promise.expected)
}

unit_after_amount(expected) := sprintf(" %s", [expected.unit])

unit_after_amount(expected) := "" if not expected.unit

# METADATA
# title: The message about a promise that cannot be judged
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

amount(value) := sprintf("%v to %v", [value.min, value.max])

amount(value) := sprintf("%v", [rounded(value)]) if not is_object(value)

# Six decimals are enough for a person; `observed` has all of them.
rounded(value) := round(value * 1000000) / 1000000 if {
	is_number(value)
	not is_small(value)
} else := value

is_small(value) if {
	value > -0.001
	value < 0.001
}
