# METADATA
# title: The aggregate functions of QoA4ML contracts, and ours beside them
# description: >-
#   Each aggregate has a file of its name, which says by what key the engine's summary of a metric gives
#   it: as a `number`, or as a `boolean`.
package qoa.aggregates

# METADATA
# title: Where a summary has an aggregate, and as which type
# description: Undefined where nobody knows the aggregate.
place(aggregate) := {"key": number[aggregate], "type": "number"}

place(aggregate) := {"key": boolean[aggregate], "type": "boolean"}

# METADATA
# title: An aggregate out of a summary
# description: Undefined where the summary does not give it, or where nobody knows the aggregate.
of(aggregate, summary) := value if {
	at := place(aggregate)
	value := summary[at.key]
	type_name(value) == at.type
}

# METADATA
# title: The names of all aggregates
known := object.keys(number) | object.keys(boolean)
