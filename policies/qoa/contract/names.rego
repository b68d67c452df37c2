package qoa.contract

# METADATA
# title: The name of a group; the default of the v0.3 schema if the contract has none
# description: The schema spells `data_constaint` like this.
group_name(kind, group) := name if {
	name := group.name
} else := default_name(kind)

default_name("data") := "data_constaint"

default_name(kind) := sprintf("%s_constraint", [kind]) if kind != "data"

# METADATA
# title: The name of a constraint; it contains the metric if the group has several constraints
constraint_name(name, group, constraint) := concat("/", [name, metric]) if {
	count(group.constraint_list) > 1
	metric := constraint.metrics.metric_name
} else := name
