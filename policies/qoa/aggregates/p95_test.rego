package qoa.aggregates_test

import data.qoa.aggregates

test_p95_is_the_p95_of_the_summary if {
	aggregates.of("P95", {"p95": 0.25}) == 0.25
}

test_p95_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("P95", {"p95": null})
	not aggregates.of("P95", {"p95": "0.25"})
	not aggregates.of("P95", {})
}

test_p95_is_known if "P95" in aggregates.known
