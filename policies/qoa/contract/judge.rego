package qoa.contract

import data.qoa.aggregates
import data.qoa.operators

# METADATA
# title: Whether one constraint holds, and the facts that show it
# description: >-
#   True or false only where every step succeeds; whatever is missing or of a wrong type leads to null.
#   `reason` asks the same by functions with names: here they are written out, for a call costs OPA
#   more than they do.
judge(name, group, constraint) := {"holds": holds, "facts": facts} if {
	metric := constraint.metrics.metric_name
	summary := summary_of(group, metric)
	needed := object.get(group, "min_count", 1)
	is_number(needed)
	is_number(summary.count)
	summary.count >= needed
	count({object.get(constraint.metrics, "unit", null), object.get(summary, "unit", null)} - {null, ""}) < 2
	observed := aggregates.of(constraint.aggregate_function, summary)
	holds := operators.holds(constraint.condition.operator, observed, constraint.condition.value)
	facts := {
		"constraint": {true: name, false: concat("/", [name, metric])}[count(group.constraint_list) == 1],
		"metric": metric,
		"aggregate": constraint.aggregate_function,
		"observed": observed,
		"expected": object.union(constraint.condition, {"unit": unit |
			unit := constraint.metrics.unit
			not unit in {null, ""}
		}),
	}
} else := {"holds": null, "facts": unjudged_facts(name, group, constraint)}

# METADATA
# title: What was observed of a metric, at the group's stage or in the whole application
summary_of(group, metric) := input.stages[group.stage].metrics[metric]

summary_of(group, metric) := input.metrics[metric] if not group.stage

# METADATA
# title: Whether a metric was observed often enough to judge it
is_enough(group, summary) if {
	not group.min_count
	summary.count >= 1
}

is_enough(group, summary) if {
	is_number(group.min_count)
	summary.count >= group.min_count
}

# METADATA
# title: Whether the contract and the report both give a unit, and not the same one
units_differ(constraint, summary) if {
	is_given(summary.unit) # clients mostly send none, so this is asked first
	is_given(constraint.metrics.unit)
	constraint.metrics.unit != summary.unit
}

is_given(unit) if {
	is_string(unit)
	unit != ""
}

# METADATA
# title: The promise itself, with its unit where the contract gives one
expected(constraint) := object.union(constraint.condition, {"unit": constraint.metrics.unit}) if {
	is_given(constraint.metrics.unit)
} else := constraint.condition
