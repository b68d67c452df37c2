package qoa.aggregates_test

import data.qoa.aggregates

test_last_is_the_last_of_the_summary if {
	aggregates.of("LAST", {"last": 0.25}) == 0.25
}

test_last_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("LAST", {"last": null})
	not aggregates.of("LAST", {"last": "0.25"})
	not aggregates.of("LAST", {})
}

test_last_is_known if "LAST" in aggregates.known
