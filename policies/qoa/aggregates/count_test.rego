package qoa.aggregates_test

import data.qoa.aggregates

test_count_is_the_count_of_the_summary if {
	aggregates.of("COUNT", {"count": 0.25}) == 0.25
}

test_count_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("COUNT", {"count": null})
	not aggregates.of("COUNT", {"count": "0.25"})
	not aggregates.of("COUNT", {})
}

test_count_is_known if "COUNT" in aggregates.known
