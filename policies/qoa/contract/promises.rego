package qoa.contract

import data.qoa.aggregates

# METADATA
# title: The promises of the contract, prepared for evaluation
# description: >-
#   This contains everything that depends on the contract alone. The plan evaluator computes such a rule
#   once for all evaluations of a contract.
promises := [promise |
	some kind, groups in contract.quality
	not startswith(kind, "x-") # a key of the author
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
# title: What is needed to judge a constraint, and the keys of its verdict
# description: Empty if the contract lacks a part, so that the constraint cannot be judged.
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
# title: The units in which a metric may be reported; null if the contract has none
# description: Most clients send no unit.
accepted_units(constraint) := {constraint.metrics.unit, "", null} if {
	is_given(constraint.metrics.unit)
} else := null
