package qoa.aggregates_test

import data.qoa.aggregates

test_average_is_the_mean_of_the_summary if {
	aggregates.of("AVERAGE", {"mean": 0.25}) == 0.25
}

test_average_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("AVERAGE", {"mean": null})
	not aggregates.of("AVERAGE", {"mean": "0.25"})
	not aggregates.of("AVERAGE", {})
}

test_average_is_known if "AVERAGE" in aggregates.known
