# METADATA
# title: Machine types must be served about equally well
# description: >-
#   An example of another policy than `qoa.contract`, because its promise is about several metrics. A
#   group promises that the averages of the metrics in `between` differ by at most the value of its
#   condition.
package bts.fairness

# METADATA
# title: The promise is met
met contains facts(group) if {
	some group in groups
	gap(group) <= limit(group)
}

# METADATA
# title: The promise is violated
violation contains object.union(facts(group), {"message": message}) if {
	some group in groups
	gap(group) > limit(group)
	message := sprintf("%s differ by %v, promised at most %v", [
		concat(" and ", group.between),
		gap(group),
		limit(group),
	])
}

# METADATA
# title: A machine type reported nothing, so the promise cannot be judged
# description: >-
#   Without this rule there would be no verdict if a metric is not reported. State what is missing. Use
#   the same constraint and stakeholder as in the other two rules.
undetermined contains object.union(promise(group), {"message": message}) if {
	some group in groups
	limit(group)
	not gap(group)
	message := sprintf("%v not reported at %s", [concat(", ", missing(group)), group.stage])
}

# METADATA
# title: The contract promises no number
undetermined contains object.union(promise(group), {"message": "the contract promises no number"}) if {
	some group in groups
	not limit(group)
}

groups := data.contracts[input.contract].quality.fairness

# METADATA
# title: The promised number
# description: Rego compares values of different types, so check the type first.
limit(group) := value if {
	value := group.constraint_list[0].condition.value
	is_number(value)
}

# METADATA
# title: The largest difference of the averages; undefined unless all of them are known
gap(group) := max(averages) - min(averages) if {
	count(missing(group)) == 0
	averages := [average(group, metric) | some metric in group.between]
}

average(group, metric) := mean if {
	mean := input.stages[group.stage].metrics[metric].mean
	is_number(mean)
}

missing(group) := {metric | some metric in group.between; not average(group, metric)}

# METADATA
# title: The keys that all members of a group have in common
promise(group) := {
	"stakeholder": group.provider,
	"consumers": group.consumers,
	"constraint": group.name,
	"stage": group.stage,
	"severity": group.severity,
	"expected": group.constraint_list[0].condition,
}

facts(group) := object.union(promise(group), {"observed": gap(group)})
