package qoa.contract_test

import data.qoa.contract

# Unusual groups and observations, by name, as patches to those of the fixture, whose promise is violated.
odd_groups := {
	"as it should be": [],
	"no stage": [
		{"op": "remove", "path": "/stage"},
		{"op": "replace", "path": "/constraint_list/0/condition/value", "value": 0.01},
	],
	"unknown stage": [{"op": "replace", "path": "/stage", "value": "attic"}],
	"null stage": [{"op": "replace", "path": "/stage", "value": null}],
	"numeric stage": [{"op": "replace", "path": "/stage", "value": 5}],
	"no provider": [{"op": "remove", "path": "/provider"}],
	"null provider": [{"op": "replace", "path": "/provider", "value": null}],
	"no name": [{"op": "remove", "path": "/name"}],
	"more observations needed": [{"op": "add", "path": "/min_count", "value": 11}],
	"min_count of a wrong type": [{"op": "add", "path": "/min_count", "value": "3"}],
	"null min_count": [{"op": "add", "path": "/min_count", "value": null}],
	"unknown metric": [{"op": "replace", "path": "/constraint_list/0/metrics/metric_name", "value": "speed"}],
	"no metric name": [{"op": "remove", "path": "/constraint_list/0/metrics/metric_name"}],
	"no metrics": [{"op": "remove", "path": "/constraint_list/0/metrics"}],
	"other unit": [{"op": "replace", "path": "/constraint_list/0/metrics/unit", "value": "ms"}],
	"null unit": [{"op": "replace", "path": "/constraint_list/0/metrics/unit", "value": null}],
	"empty unit": [{"op": "replace", "path": "/constraint_list/0/metrics/unit", "value": ""}],
	"no unit": [{"op": "remove", "path": "/constraint_list/0/metrics/unit"}],
	"unknown aggregate": [{"op": "replace", "path": "/constraint_list/0/aggregate_function", "value": "MEDIAN"}],
	"aggregate in lower case": [{"op": "replace", "path": "/constraint_list/0/aggregate_function", "value": "average"}],
	"null aggregate": [{"op": "replace", "path": "/constraint_list/0/aggregate_function", "value": "PRODUCT"}],
	"boolean aggregate of numbers": [{"op": "replace", "path": "/constraint_list/0/aggregate_function", "value": "AND"}],
	"no aggregate": [{"op": "remove", "path": "/constraint_list/0/aggregate_function"}],
	"unknown operator": [{"op": "replace", "path": "/constraint_list/0/condition/operator", "value": "about"}],
	"no operator": [{"op": "remove", "path": "/constraint_list/0/condition/operator"}],
	"no condition": [{"op": "remove", "path": "/constraint_list/0/condition"}],
	"string value": [{"op": "replace", "path": "/constraint_list/0/condition/value", "value": "0.1"}],
	"null value": [{"op": "replace", "path": "/constraint_list/0/condition/value", "value": null}],
	"boolean value": [{"op": "replace", "path": "/constraint_list/0/condition/value", "value": true}],
	"object value": [{"op": "replace", "path": "/constraint_list/0/condition/value", "value": {"min": 0, "max": 1}}],
	"no value": [{"op": "remove", "path": "/constraint_list/0/condition/value"}],
	"range without max": [{"op": "replace", "path": "/constraint_list/0/condition", "value": {
		"operator": "range",
		"value": {"min": 0},
	}}],
	"range upside down": [{"op": "replace", "path": "/constraint_list/0/condition", "value": {
		"operator": "range",
		"value": {"min": 1, "max": 0},
	}}],
	"empty constraint": [{"op": "replace", "path": "/constraint_list/0", "value": {}}],
	"string for a constraint": [{"op": "replace", "path": "/constraint_list/0", "value": "fast"}],
	"null for a constraint": [{"op": "replace", "path": "/constraint_list/0", "value": null}],
	"two constraints": [{"op": "add", "path": "/constraint_list/-", "value": {}}],
}

odd_observations := {
	"as it should be": [],
	"silent application": [
		{"op": "replace", "path": "/stages", "value": {}},
		{"op": "replace", "path": "/metrics", "value": {}},
	],
	"no stages and no metrics": [{"op": "remove", "path": "/stages"}, {"op": "remove", "path": "/metrics"}],
	"null stages": [{"op": "replace", "path": "/stages", "value": null}],
	"stage without metrics": [{"op": "remove", "path": "/stages/gateway/metrics"}],
	"null summary": [{"op": "replace", "path": "/stages/gateway/metrics/response_time", "value": null}],
	"empty summary": [{"op": "replace", "path": "/stages/gateway/metrics/response_time", "value": {}}],
	"nothing observed": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/count", "value": 0}],
	"null count": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/count", "value": null}],
	"null mean": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/mean", "value": null}],
	"string mean": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/mean", "value": "0.05"}],
	"boolean mean": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/mean", "value": false}],
	"mixed units": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/unit", "value": "ms|s"}],
	"null unit": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/unit", "value": null}],
	"kept promise": [{"op": "replace", "path": "/stages/gateway/metrics/response_time/mean", "value": 0.05}],
}

# All other cases are undetermined.
want := {
	"violation": {
		"as it should be", "no stage", "no provider", "null provider", "no name", "null unit", "empty unit", "no unit",
		"two constraints",
	},
	"met": {"kept promise"},
}

verdicts(group_patch, observation_patch) := {"met": met, "violation": violation, "undetermined": undetermined} if {
	documents := contracts([json.patch(group, group_patch)])
	observed := json.patch(evaluation, observation_patch)
	met := contract.met with data.contracts as documents with input as observed
	violation := contract.violation with data.contracts as documents with input as observed
	undetermined := contract.undetermined with data.contracts as documents with input as observed
}

given[sprintf("group: %s", [name])] := verdicts(patch, []) if some name, patch in odd_groups

given[sprintf("observed: %s", [name])] := verdicts([], patch) if some name, patch in odd_observations

wanted(name) := verdict if {
	some verdict, names in want
	split(name, ": ")[1] in names
} else := "undetermined"

test_every_constraint_and_stakeholder_gets_exactly_one_verdict if {
	every name, members in given {
		sum([count(some_members) | some some_members in members]) == constraints(name)
	}
}

# "two constraints" adds a malformed constraint to the valid one.
constraints("group: two constraints") := 2

constraints(name) := 1 if name != "group: two constraints"

test_nothing_is_met_or_violated_that_cannot_be_judged if {
	every name, members in given {
		count(members[wanted(name)]) == 1
	}
}

test_every_undetermined_member_says_why if {
	every members in given {
		every member in members.undetermined {
			regex.match(`.+ cannot be judged: .{10,}`, member.message)
			is_string(member.constraint)
		}
	}
}
