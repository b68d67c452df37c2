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

test_broken_message_rounds_to_six_decimals_unless_little_would_be_left if {
	messages := [contract.broken_message(member) |
		some observed in [0.2534490507863363, 98.12345678, 0.00012345678, 1e20]
		member := {
			"metric": "m", "aggregate": "LAST", "observed": observed,
			"expected": {"operator": "less_than", "value": 0},
		}
	]
	messages == [
		"LAST m is 0.253449, promised less_than 0",
		"LAST m is 98.123457, promised less_than 0",
		"LAST m is 0.00012345678, promised less_than 0",
		"LAST m is 100000000000000000000, promised less_than 0",
	]
}
