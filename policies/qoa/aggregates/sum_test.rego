package qoa.aggregates_test

import data.qoa.aggregates

test_sum_is_the_sum_of_the_summary if {
	aggregates.of("SUM", {"sum": 0.25}) == 0.25
}

test_sum_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("SUM", {"sum": null})
	not aggregates.of("SUM", {"sum": "0.25"})
	not aggregates.of("SUM", {})
}

test_sum_is_known if "SUM" in aggregates.known
