package qoa.contract

import data.qoa.aggregates
import data.qoa.operators

# METADATA
# title: Why a constraint cannot be judged
# description: The first reason, in the order of the checks in `judge`.
reason(group, constraint) := "the contract names no metric" if {
	not constraint.metrics.metric_name
} else := sprintf("what was reported of it may have been left out: the window has more than %s", [bounds]) if {
	not summary_of(group, constraint.metrics.metric_name)
	bounds := concat(" and ", input.left_out.bounds)
} else := sprintf("stage %v was not reported%s", [group.stage, instead]) if {
	group.stage
	not input.stages[group.stage]
	instead := reported_instead(group.stage, reported_stages)
} else := sprintf("%v was not reported%s%s", [metric, by_stage(group), instead]) if {
	metric := constraint.metrics.metric_name
	not summary_of(group, metric)
	instead := reported_instead(metric, reported_metrics(group))
} else := reason_in_summary(group, constraint, summary_of(group, constraint.metrics.metric_name))

by_stage(group) := sprintf(" by stage %v", [group.stage])

by_stage(group) := "" if not group.stage

reason_in_summary(group, constraint, summary) := reason_in_count(group, summary) if {
	not is_enough(group, summary)
} else := sprintf("promised in %s, reported in %s", [constraint.metrics.unit, summary.unit]) if {
	units_differ(constraint, summary)
} else := reason_in_condition(constraint, observed) if {
	observed := aggregates.of(constraint.aggregate_function, summary)
} else := reason_in_aggregate(constraint)

reason_in_count(group, _) := sprintf("min_count %s is not a number", [json.marshal(group.min_count)]) if {
	not is_number(group.min_count)
}

reason_in_count(group, summary) := sprintf("observed %v times, at least %v are needed", [
	count_of(summary),
	needed,
]) if {
	needed := object.get(group, "min_count", 1)
	is_number(needed)
}

count_of(summary) := summary.count if is_number(summary.count)

else := 0

reason_in_aggregate(constraint) := "the contract names no aggregate function" if {
	not constraint.aggregate_function
} else := sprintf("no %s is known: the window has more than %s", [constraint.aggregate_function, bounds]) if {
	constraint.aggregate_function in {"P50", "P95", "P99"}
	bounds := concat(" and ", input.left_out.bounds)
} else := sprintf("no %s was observed", [constraint.aggregate_function]) if {
	constraint.aggregate_function in aggregates.known
} else := sprintf("aggregate function %v is not known", [constraint.aggregate_function])

reason_in_condition(constraint, observed) := "the contract names no operator" if {
	not constraint.condition.operator
} else := sprintf("operator %v is not known", [constraint.condition.operator]) if {
	not constraint.condition.operator in operators.known
} else := sprintf("condition value %s does not suit operator %s and the observed %v", [
	json.marshal(object.get(constraint.condition, "value", null)),
	constraint.condition.operator,
	observed,
])
