package qoa.contract_test

import data.qoa.contract

test_judge_compares_what_was_observed if {
	contract.judge("latency", group, constraint).holds == false with input as evaluation
	slow := json.patch(constraint, [{"op": "replace", "path": "/condition/value", "value": 0.14}])
	contract.judge("latency", group, slow).holds == true with input as evaluation
}

test_judge_is_null_where_nobody_can_tell if {
	contract.judge("latency", group, constraint).holds == null with input as {}
}

test_is_enough_needs_one_observation_where_the_contract_does_not_say if {
	contract.is_enough({}, {"count": 1})
	not contract.is_enough({}, {"count": 0})
}

test_is_enough_needs_as_many_as_the_contract_says if {
	contract.is_enough({"min_count": 2}, {"count": 2})
	not contract.is_enough({"min_count": 2}, {"count": 1})
	not contract.is_enough({"min_count": "2"}, {"count": 1})
	not contract.is_enough({"min_count": null}, {"count": 1})
}

test_units_differ_only_where_both_are_given if {
	contract.units_differ({"metrics": {"unit": "s"}}, {"unit": "ms"})
	not contract.units_differ({"metrics": {"unit": "s"}}, {"unit": "s"})
	not contract.units_differ({"metrics": {"unit": "s"}}, {"unit": null})
	not contract.units_differ({"metrics": {"unit": ""}}, {"unit": "s"})
	not contract.units_differ({"metrics": {}}, {"unit": "s"})
}
