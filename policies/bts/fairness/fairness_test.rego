package bts.fairness_test

import data.bts.fairness

documents := {"bts-fairness": {"quality": {"fairness": [{
	"name": "accuracy-gap", "stage": "evaluation", "provider": "aaltosea1", "consumers": ["operator1"],
	"severity": "major",
	"between": ["accuracy.small", "accuracy.normal"],
	"constraint_list": [{
		"metrics": {"metric_name": "accuracy_gap"},
		"condition": {"operator": "less_equal", "value": 15},
		"aggregate_function": "AVERAGE",
	}],
}]}}}

evaluation(small, normal) := {
	"contract": "bts-fairness",
	"stages": {"evaluation": {"metrics": {"accuracy.small": {"mean": small}, "accuracy.normal": {"mean": normal}}}},
}

test_met_within_the_promised_gap if {
	met := fairness.met with data.contracts as documents with input as evaluation(80, 95)
	[[member.constraint, member.observed] | some member in met] == [["accuracy-gap", 15]]
}

test_violation_beyond_the_promised_gap if {
	violation := fairness.violation with data.contracts as documents with input as evaluation(75, 95)
	[member.message | some member in violation] == ["accuracy.small and accuracy.normal differ by 20, promised at most 15"]
}

test_undetermined_where_a_machine_type_is_silent if {
	silent := evaluation(null, 95)
	undetermined := fairness.undetermined with data.contracts as documents with input as silent
	[member.message | some member in undetermined] == ["accuracy.small not reported at evaluation"]
	fairness.met == set() with data.contracts as documents with input as silent
	fairness.violation == set() with data.contracts as documents with input as silent
}

test_undetermined_where_nobody_reports if {
	silent := {"contract": "bts-fairness", "stages": {}}
	undetermined := fairness.undetermined with data.contracts as documents with input as silent
	count(undetermined) == 1
}

test_undetermined_where_the_contract_promises_no_number if {
	vague := json.patch(documents, [{
		"op": "replace",
		"path": "/bts-fairness/quality/fairness/0/constraint_list/0/condition/value",
		"value": "small",
	}])
	undetermined := fairness.undetermined with data.contracts as vague with input as evaluation(80, 95)
	[member.message | some member in undetermined] == ["the contract promises no number"]
	fairness.met == set() with data.contracts as vague with input as evaluation(80, 95)
}
