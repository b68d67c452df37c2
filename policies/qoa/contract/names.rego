package qoa.contract

# METADATA
# title: The name of a group; what the v0.3 schema calls it where the contract gives none
# description: The schema really spells `data_constaint`.
group_name(kind, group) := name if {
	name := group.name
} else := default_name(kind)

default_name("data") := "data_constaint"

default_name(kind) := sprintf("%s_constraint", [kind]) if kind != "data"

# METADATA
# title: The name of a constraint, which tells its metric where the group holds more than one
constraint_name(name, group, constraint) := concat("/", [name, metric]) if {
	count(group.constraint_list) > 1
	metric := constraint.metrics.metric_name
} else := name
