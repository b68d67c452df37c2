package qoa.contract

import data.qoa.operators

# METADATA
# title: Whether a promise holds, and what was observed
# description: >-
#   True or false only where every step succeeds; whatever is missing or of a wrong type leads to null.
#   `reason` asks the same by functions with names: here they are written out, for a call costs OPA
#   more than they do.
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
# title: Where `path` leads
summaries := {"stages": input.stages, "metrics": input.metrics}

# METADATA
# title: Where the summary of a metric is, for the group's stage or the whole application
path(group, metric) := ["stages", group.stage, "metrics", metric] if {
	group.stage
} else := ["metrics", metric]

# METADATA
# title: What was observed of a metric; false where nothing was
summary_of(group, metric) := object.get(summaries, path(group, metric), false)

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
