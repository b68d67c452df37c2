package qoa.aggregates_test

import data.qoa.aggregates

test_max_is_the_max_of_the_summary if {
	aggregates.of("MAX", {"max": 0.25}) == 0.25
}

test_max_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("MAX", {"max": null})
	not aggregates.of("MAX", {"max": "0.25"})
	not aggregates.of("MAX", {})
}

test_max_is_known if "MAX" in aggregates.known
