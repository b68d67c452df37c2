package qoa.contract_test

import data.qoa.contract

message(promise, observed) := contract.broken_message(contract.wording(promise), observed)

test_broken_message_tells_unit_and_stage_where_there_are_any if {
	promise := {"metric": "accuracy", "aggregate": "MIN", "expected": {"operator": "greater_equal", "value": 0.8}}
	message(promise, 0.5) == "MIN accuracy is 0.5, promised greater_equal 0.8"
}

test_broken_message_spells_a_range_out if {
	promise := {
		"metric": "mem", "aggregate": "MAX", "stage": "web",
		"expected": {"operator": "range", "value": {"min": 1, "max": 8}, "unit": "GB"},
	}
	message(promise, 12) == "MAX mem at web is 12 GB, promised range 1 to 8 GB"
}

test_broken_message_rounds_to_six_decimals_unless_little_would_be_left if {
	promise := {"metric": "m", "aggregate": "LAST", "expected": {"operator": "less_than", "value": 0}}
	messages := [message(promise, observed) |
		some observed in [0.2534490507863363, 98.12345678, 0.00012345678, 1e20]
	]
	messages == [
		"LAST m is 0.253449, promised less_than 0",
		"LAST m is 98.123457, promised less_than 0",
		"LAST m is 0.00012345678, promised less_than 0",
		"LAST m is 100000000000000000000, promised less_than 0",
	]
}
