package qoa.aggregates_test

import data.qoa.aggregates

test_or_is_the_or_of_the_summary if {
	aggregates.of("OR", {"or": true}) == true
	aggregates.of("OR", {"or": false}) == false
}

test_or_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("OR", {"or": null})
	not aggregates.of("OR", {"or": 1})
	not aggregates.of("OR", {})
}

test_or_is_known if "OR" in aggregates.known
