package qoa.aggregates_test

import data.qoa.aggregates

test_product_is_the_product_of_the_summary if {
	aggregates.of("PRODUCT", {"product": 0.25}) == 0.25
}

test_product_is_unknown_where_the_summary_does_not_give_it if {
	not aggregates.of("PRODUCT", {"product": null})
	not aggregates.of("PRODUCT", {"product": "0.25"})
	not aggregates.of("PRODUCT", {})
}

test_product_is_known if "PRODUCT" in aggregates.known
