# METADATA
# title: The aggregate functions of QoA4ML contracts, and ours beside them
# description: >-
#   Each aggregate has a file of its name, which says by what key the engine's summary of a metric gives
#   it: as a `number`, or as a `boolean`.
package qoa.aggregates

# METADATA
# title: An aggregate out of a summary
# description: Undefined where the summary does not give it, or where nobody knows the aggregate.
of(aggregate, summary) := value if {
	value := summary[number[aggregate]]
	is_number(value)
}

of(aggregate, summary) := value if {
	value := summary[boolean[aggregate]]
	is_boolean(value)
}

# METADATA
# title: The names of all aggregates
known := object.keys(number) | object.keys(boolean)
