package qoa.aggregates_test

import data.qoa.aggregates

test_an_unknown_aggregate_is_unknown if {
	not aggregates.of("MEDIAN", {"median": 1})
	not "MEDIAN" in aggregates.known
}
