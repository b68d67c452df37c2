package qoa.contract

import data.qoa.aggregates

# METADATA
# title: What the contract promises, made ready to be judged
# description: >-
#   Here is all that depends on the contract alone, and nothing of what was observed: the plan evaluator
#   computes such a rule once, for all evaluations of a contract.
promises := [promise |
	some kind, groups in contract.quality
	not startswith(kind, "x-") # the author's own
	some group in groups
	name := group_name(kind, group)
	parties := [object.union(party, shared) |
		shared := object.filter(group, {"stage", "severity"})
		some party in accountable(group)
	]
	some constraint in group.constraint_list
	promise := {
		"name": name,
		"group": group,
		"constraint": constraint,
		"parties": parties,
		"terms": terms(name, group, constraint, parties),
	}
]

# METADATA
# title: What a constraint is judged by, and what is said of it where it can be
# description: Empty where the contract lacks some of it, so that nobody can tell.
terms(name, group, constraint, parties) := {
	"path": path(group, metric),
	"needed": needed,
	"units": accepted_units(constraint),
	"place": place,
	"operator": constraint.condition.operator,
	"value": constraint.condition.value,
	"wording": wording(object.union(group, facts)),
	"members": [object.union(party, facts) | some party in parties],
} if {
	metric := constraint.metrics.metric_name
	needed := object.get(group, "min_count", 1)
	is_number(needed)
	place := aggregates.place(constraint.aggregate_function)
	facts := {
		"constraint": constraint_name(name, group, constraint),
		"metric": metric,
		"aggregate": constraint.aggregate_function,
		"expected": expected(constraint),
	}
} else := {}

# METADATA
# title: The units in which a metric may be reported; null where the contract gives none
# description: Clients mostly send none.
accepted_units(constraint) := {constraint.metrics.unit, "", null} if {
	is_given(constraint.metrics.unit)
} else := null
