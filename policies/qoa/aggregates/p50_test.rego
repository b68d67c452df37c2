package qoa.aggregates_test

import data.qoa.aggregates

test_p50_is_the_p50_of_the_summary if {
	aggregates.of("P50", {"p50": 0.25}) == 0.25
}

test_p50_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("P50", {"p50": null})
	not aggregates.of("P50", {"p50": "0.25"})
	not aggregates.of("P50", {})
}

test_p50_is_known if "P50" in aggregates.known
