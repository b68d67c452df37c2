package qoa.contract_test

import data.qoa.contract

test_broken_message_tells_unit_and_stage_where_there_are_any if {
	contract.broken_message({
		"metric": "accuracy", "aggregate": "MIN", "observed": 0.5,
		"expected": {"operator": "greater_equal", "value": 0.8},
	}) == "MIN accuracy is 0.5, promised greater_equal 0.8"
}

test_broken_message_spells_a_range_out if {
	contract.broken_message({
		"metric": "mem", "aggregate": "MAX", "observed": 12, "stage": "web",
		"expected": {"operator": "range", "value": {"min": 1, "max": 8}, "unit": "GB"},
	}) == "MAX mem at web is 12 GB, promised range 1 to 8 GB"
}
