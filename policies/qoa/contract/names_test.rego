package qoa.contract_test

import data.qoa.contract

test_group_name_is_the_contracts if contract.group_name("service", {"name": "latency"}) == "latency"

test_group_name_defaults_to_what_the_schema_says if {
	contract.group_name("service", {}) == "service_constraint"
	contract.group_name("data", {}) == "data_constaint"
	contract.group_name("ml_specific", {}) == "ml_specific_constraint"
	contract.group_name("fairness", {}) == "fairness_constraint"
	contract.group_name("cost", {}) == "cost_constraint"
}

test_constraint_name_is_the_groups_where_it_is_alone if {
	contract.constraint_name("latency", group, constraint) == "latency"
}

test_constraint_name_tells_the_metric_where_there_are_more if {
	pair := {"constraint_list": [constraint, constraint]}
	contract.constraint_name("latency", pair, constraint) == "latency/response_time"
	contract.constraint_name("latency", pair, {}) == "latency"
}
