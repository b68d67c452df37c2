package qoa.contract

import data.qoa.operators

# METADATA
# title: Whether a promise is met, and the observed value
# description: >-
#   True or false if every step succeeds. Null if something is missing or has the wrong type. `reason`
#   makes the same checks with functions. Here they are inline, because a call costs OPA more than a
#   check.
judge(promise) := {"promise": promise, "holds": holds, "observed": observed} if {
	terms := promise.terms
	summary := object.get(summaries, terms.path, false)
	seen := summary.count
	is_number(seen)
	seen >= terms.needed
	units_agree(terms.units, summary)
	place := terms.place
	observed := summary[place.key]
	type_name(observed) == place.type
	holds := operators.holds(terms.operator, observed, terms.value)
} else := {"promise": promise, "holds": null}

units_agree(accepted, summary) if {
	accepted == null
} else if object.get(summary, "unit", null) in accepted

# METADATA
# title: The summary at a path
summaries := {"stages": input.stages, "metrics": input.metrics}

# METADATA
# title: The path of the summary of a metric, for the stage of the group or the whole application
path(group, metric) := ["stages", group.stage, "metrics", metric] if {
	group.stage
} else := ["metrics", metric]

# METADATA
# title: The summary of a metric; false if there is none
summary_of(group, metric) := object.get(summaries, path(group, metric), false)

# METADATA
# title: Whether a metric has enough observations to be judged
# scope: document
is_enough(group, summary) if {
	not group.min_count
	summary.count >= 1
}

is_enough(group, summary) if {
	is_number(group.min_count)
	summary.count >= group.min_count
}

# METADATA
# title: Whether the contract and the report both have a unit, and the units differ
units_differ(constraint, summary) if {
	is_given(summary.unit) # checked first, because most clients send no unit
	is_given(constraint.metrics.unit)
	constraint.metrics.unit != summary.unit
}

is_given(unit) if {
	is_string(unit)
	unit != ""
}

# METADATA
# title: The expected value, with its unit if the contract has one
expected(constraint) := object.union(constraint.condition, {"unit": constraint.metrics.unit}) if {
	is_given(constraint.metrics.unit)
} else := constraint.condition
