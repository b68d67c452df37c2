package qoa.contract_test

import data.qoa.contract

test_accountable_is_who_promised if {
	contract.accountable(group) == [{"stakeholder": "cloud1", "consumers": ["student1", "student2"]}]
		with data.contracts as contracts([]) with input as evaluation
}

test_accountable_is_every_provider_where_nobody_promised if {
	two := {"demo": {"stakeholders": [{"id": "a", "roles": ["ml_provider"]}, {"id": "b", "roles": "ml_provider"}]}}
	contract.accountable({}) == [{"stakeholder": "a", "consumers": []}, {"stakeholder": "b", "consumers": []}]
		with data.contracts as two with input as evaluation
}

test_accountable_is_nobody_by_name_where_there_is_no_provider if {
	contract.accountable({}) == [{"consumers": []}] with data.contracts as {"demo": {}} with input as evaluation
}

test_each_accountable_stakeholder_gets_a_verdict if {
	two := {"demo": {
		"stakeholders": [{"id": "a", "roles": ["ml_provider"]}, {"id": "b", "roles": ["ml_provider"]}],
		"quality": {"service": [object.remove(group, ["provider"])]},
	}}
	violation := contract.violation with data.contracts as two with input as evaluation
	{member.stakeholder | some member in violation} == {"a", "b"}
}
