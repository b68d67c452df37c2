package qoa.aggregates_test

import data.qoa.aggregates

test_min_is_the_min_of_the_summary if {
	aggregates.of("MIN", {"min": 0.25}) == 0.25
}

test_min_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("MIN", {"min": null})
	not aggregates.of("MIN", {"min": "0.25"})
	not aggregates.of("MIN", {})
}

test_min_is_known if "MIN" in aggregates.known
