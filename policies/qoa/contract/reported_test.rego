package qoa.contract_test

import data.qoa.contract

near := {
	["response_tme", "response_time"], # a letter is missing
	["response_timee", "response_time"], # an additional letter
	["response_tine", "response_time"], # a wrong letter
	["response_itme", "response_time"], # two letters are swapped
	["ResponseTime", "response_time"], # another spelling
	["TP", "t_p"], # also of a name too short for the rest
	["accuracy", "accuracy.small"], # one begins with the other
	["accuracy.small", "accuracy"],
}

far := {
	["speed", "response_time"],
	["mse", "mae"], # too short
	["response_time", "respond_in_time"],
	["", "gateway"],
	["gateway", ""],
}

test_nearest_is_the_name_that_was_meant if {
	every pair in near {
		contract.nearest(pair[0], ["another", pair[1], "zebra"]) == pair[1]
	}
	every pair in far {
		not contract.nearest(pair[0], ["another", pair[1], "zebra"])
	}
}

test_reported_instead_says_nothing_where_nothing_was_reported if {
	contract.reported_instead("speed", []) == ""
}

test_reported_instead_lists_some_of_many if {
	contract.reported_instead("spede", ["cost", "speed"]) == "; did you mean speed? reported: cost, speed"
	names := [sprintf("m%v", [i]) | some i in numbers.range(1, 12)]
	contract.reported_instead("speed", names) == "; reported: m1, m2, m3, m4, m5, m6, m7, m8, and 4 more"
}

# A name of a kilobyte is compared with no other, so it costs nothing.
test_nearest_looks_at_no_long_names if {
	long := concat("", [sprintf("%d", [i]) | some i in numbers.range(100, 400)])
	not contract.nearest(long, [concat("", [substring(long, 1, -1), "x"])])
}

test_a_misspelt_metric_is_told_with_the_right_one if {
	misspelt := object.union(constraint, {"metrics": {"metric_name": "respone_time"}})
	slip := object.union(group, {"constraint_list": [misspelt]})
	some member in contract.undetermined with data.contracts as contracts([slip]) with input as evaluation
	member.message == concat("", [
		"AVERAGE respone_time at gateway cannot be judged: respone_time was not reported by stage gateway; ",
		"did you mean response_time? reported: response_time",
	])
	everywhere := object.remove(slip, ["stage"])
	some other in contract.undetermined with data.contracts as contracts([everywhere]) with input as evaluation
	contains(other.message, "respone_time was not reported; did you mean response_time?")
}

test_lists_of_ones_own_are_not_judged if {
	own := {"demo": {"stakeholders": stakeholders, "quality": {"x-later": [group], "service": [group]}}}
	count(contract.judgements) == 1 with data.contracts as own with input as evaluation
}
