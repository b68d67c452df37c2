package qoa.contract

import data.qoa.aggregates

# METADATA
# title: The keys of the verdict about a constraint that cannot be judged
# description: A malformed constraint lacks some of them.
unjudged_facts(name, group, constraint) := object.union(
	facts,
	{"message": unjudged_message(group, constraint, facts)},
) if {
	facts := object.union_n([
		{"constraint": constraint_name(name, group, constraint)},
		metric_fact(constraint),
		aggregate_fact(constraint),
		expected_fact(constraint),
		observed_fact(group, constraint),
	])
}

metric_fact(constraint) := {"metric": metric} if {
	metric := constraint.metrics.metric_name
} else := {}

aggregate_fact(constraint) := {"aggregate": aggregate} if {
	aggregate := constraint.aggregate_function
} else := {}

expected_fact(constraint) := {"expected": condition} if {
	condition := expected(constraint)
} else := {}

observed_fact(group, constraint) := {"observed": observed} if {
	summary := summary_of(group, constraint.metrics.metric_name)
	observed := aggregates.of(constraint.aggregate_function, summary)
} else := {}
