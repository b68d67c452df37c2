# METADATA
# title: The aggregate functions of contracts
# description: >-
#   Each aggregate has a file with its name. The file states which key of a metric's summary contains
#   the aggregate, and whether it is a `number` or a `boolean`.
package qoa.aggregates

# METADATA
# title: The key and type of an aggregate in a summary
# description: Undefined for an unknown aggregate.
# scope: document
place(aggregate) := {"key": number[aggregate], "type": "number"}

place(aggregate) := {"key": boolean[aggregate], "type": "boolean"}

# METADATA
# title: The value of an aggregate in a summary
# description: Undefined if the summary does not have it, or the aggregate is unknown.
of(aggregate, summary) := value if {
	at := place(aggregate)
	value := summary[at.key]
	type_name(value) == at.type
}

# METADATA
# title: The names of all aggregates
known := object.keys(number) | object.keys(boolean)
