package qoa.contract_test

import data.qoa.contract

# Whether the promise of the fixture is met with this constraint.
holds(constraint) := judgement.holds if {
	demo := contracts([object.union(group, {"constraint_list": [constraint]})])
	some judgement in contract.judgements with data.contracts as demo
}

test_judge_compares_what_was_observed if {
	holds(constraint) == false with input as evaluation
	slow := json.patch(constraint, [{"op": "replace", "path": "/condition/value", "value": 0.14}])
	holds(slow) == true with input as evaluation
}

test_judge_is_null_where_nobody_can_tell if {
	holds(constraint) == null with input as {"contract": "demo"}
}

test_units_agree_where_the_contract_gives_none if {
	contract.units_agree(null, {"unit": "s"})
	contract.units_agree(null, {})
}

test_units_agree_where_the_report_gives_none_or_the_same if {
	not contract.units_agree({"s", "", null}, {"unit": "ms"})
	every reported in [{"unit": "s"}, {"unit": null}, {"unit": ""}, {}] {
		contract.units_agree({"s", "", null}, reported)
	}
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
