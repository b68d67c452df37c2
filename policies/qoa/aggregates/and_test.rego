package qoa.aggregates_test

import data.qoa.aggregates

test_and_is_the_and_of_the_summary if {
	aggregates.of("AND", {"and": true}) == true
	aggregates.of("AND", {"and": false}) == false
}

test_and_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("AND", {"and": null})
	not aggregates.of("AND", {"and": 1})
	not aggregates.of("AND", {})
}

test_and_is_known if "AND" in aggregates.known
