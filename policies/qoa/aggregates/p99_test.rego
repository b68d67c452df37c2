package qoa.aggregates_test

import data.qoa.aggregates

test_p99_is_the_p99_of_the_summary if {
	aggregates.of("P99", {"p99": 0.25}) == 0.25
}

test_p99_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("P99", {"p99": null})
	not aggregates.of("P99", {"p99": "0.25"})
	not aggregates.of("P99", {})
}

test_p99_is_known if "P99" in aggregates.known
