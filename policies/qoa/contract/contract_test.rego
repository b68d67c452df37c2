package qoa.contract_test

import data.qoa.contract

test_met_tells_the_facts_and_no_message if {
	kept := json.patch(group, [{"op": "replace", "path": "/constraint_list/0/condition/value", "value": 0.2}])
	met := contract.met with data.contracts as contracts([kept]) with input as evaluation
	met == {{
		"stakeholder": "cloud1", "consumers": ["student1", "student2"], "constraint": "latency", "stage": "gateway",
		"metric": "response_time", "aggregate": "AVERAGE", "observed": 0.14,
		"expected": {"operator": "less_equal", "value": 0.2, "unit": "s"},
	}}
}

test_violation_tells_the_facts_and_a_message if {
	severe := object.union(group, {"severity": "major", "consumers": ["student2"]})
	violation := contract.violation with data.contracts as contracts([severe]) with input as evaluation
	violation == {{
		"stakeholder": "cloud1", "consumers": ["student2"], "constraint": "latency", "stage": "gateway",
		"metric": "response_time", "aggregate": "AVERAGE", "observed": 0.14, "severity": "major",
		"expected": {"operator": "less_equal", "value": 0.1, "unit": "s"},
		"message": "AVERAGE response_time at gateway is 0.14 s, promised less_equal 0.1 s",
	}}
}

test_undetermined_tells_the_reason if {
	elsewhere := object.union(group, {"stage": "attic"})
	undetermined := contract.undetermined with data.contracts as contracts([elsewhere]) with input as evaluation
	undetermined == {{
		"stakeholder": "cloud1", "consumers": ["student1", "student2"], "constraint": "latency", "stage": "attic",
		"metric": "response_time", "aggregate": "AVERAGE",
		"expected": {"operator": "less_equal", "value": 0.1, "unit": "s"},
		"message": concat("", [
			"AVERAGE response_time at attic cannot be judged: ",
			"stage attic was not reported; reported: gateway",
		]),
	}}
}

test_a_group_without_a_stage_is_judged_over_the_whole_application if {
	everywhere := object.remove(group, ["stage"])
	met := contract.met with data.contracts as contracts([everywhere]) with input as evaluation
	[[member.observed, object.keys(member) & {"stage"}] | some member in met] == [[0.05, set()]]
}

test_an_unknown_contract_is_undetermined if {
	undetermined := contract.undetermined with data.contracts as {} with input as evaluation
	undetermined == {{"message": "contract demo is not in data.contracts"}}
}

test_a_group_without_constraints_gets_no_verdict if {
	quality := {"privacy": [{"risks": {}}], "security": [{"encryption": {}}], "service": [group]}
	documents := {"demo": {"stakeholders": stakeholders, "quality": quality}}
	count(contract.judgements) == 1 with data.contracts as documents with input as evaluation
}

test_a_contract_without_quality_gets_no_verdict if {
	contract.judgements == [] with data.contracts as {"demo": {"id": "demo"}} with input as evaluation
}
