# METADATA
# title: Machine types must be served about equally well
# description: >-
#   An example of a policy of one's own: no single metric tells what it judges. A group promises that
#   the averages of the metrics in `between` differ by no more than the value of its condition.
package bts.fairness

# METADATA
# title: The promise was kept
met contains facts(group) if {
	some group in groups
	gap(group) <= limit(group)
}

# METADATA
# title: The promise was broken
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
# title: Some machine type reported nothing, so nobody knows whether the promise was kept
# description: >-
#   Without this rule, silence would bring no verdict at all. Say what is missing, and give the same
#   constraint and stakeholder as the other two rules do.
undetermined contains object.union(promise(group), {"message": message}) if {
	some group in groups
	limit(group)
	not gap(group)
	message := sprintf("%v not reported at %s", [concat(", ", missing(group)), group.stage])
}

undetermined contains object.union(promise(group), {"message": "the contract promises no number"}) if {
	some group in groups
	not limit(group)
}

groups := data.contracts[input.contract].quality.fairness

# METADATA
# title: The promised number
# description: Rego can compare a number with anything, so a policy has to look at the type first.
limit(group) := value if {
	value := group.constraint_list[0].condition.value
	is_number(value)
}

# METADATA
# title: The largest difference of the averages; undefined until all of them are known
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
# title: What all members of a group say
promise(group) := {
	"stakeholder": group.provider,
	"consumers": group.consumers,
	"constraint": group.name,
	"stage": group.stage,
	"severity": group.severity,
	"expected": group.constraint_list[0].condition,
}

facts(group) := object.union(promise(group), {"observed": gap(group)})
