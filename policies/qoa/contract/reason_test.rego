package qoa.contract_test

import data.qoa.contract

# The reason why a constraint cannot be judged, for each mistake in it.
reasons := {
	"unknown stage": "AVERAGE response_time at attic cannot be judged: stage attic was not reported; reported: gateway",
	"unknown metric": concat("", [
		"AVERAGE speed at gateway cannot be judged: ",
		"speed was not reported by stage gateway; reported: response_time",
	]),
	"no metric name": "constraint at gateway cannot be judged: the contract names no metric",
	"more observations needed": concat("", [
		"AVERAGE response_time at gateway cannot be judged: ",
		"observed 10 times, at least 11 are needed",
	]),
	"min_count of a wrong type": "AVERAGE response_time at gateway cannot be judged: min_count \"3\" is not a number",
	"other unit": "AVERAGE response_time at gateway cannot be judged: promised in ms, reported in s",
	"unknown aggregate": concat("", [
		"MEDIAN response_time at gateway cannot be judged: ",
		"aggregate function MEDIAN is not known",
	]),
	"null aggregate": "PRODUCT response_time at gateway cannot be judged: no PRODUCT was observed",
	"no aggregate": "constraint at gateway cannot be judged: the contract names no aggregate function",
	"unknown operator": "AVERAGE response_time at gateway cannot be judged: operator about is not known",
	"no operator": "AVERAGE response_time at gateway cannot be judged: the contract names no operator",
	"string value": concat("", [
		"AVERAGE response_time at gateway cannot be judged: ",
		"condition value \"0.1\" does not suit operator less_equal and the observed 0.14",
	]),
	"range without max": concat("", [
		"AVERAGE response_time at gateway cannot be judged: ",
		"condition value {\"min\":0} does not suit operator range and the observed 0.14",
	]),
}

test_reason_tells_what_is_wrong if {
	every name, message in reasons {
		some member in given[sprintf("group: %s", [name])].undetermined
		member.message == message
	}
}

# The reasons if the window left something out.
left_out(groups, summaries) := {member.message |
	full := object.union(evaluation, {
		"left_out": {"observations": 7, "bounds": ["1,000 stages", "10,000 metrics"]},
		"stages": {"gateway": {"metrics": {"response_time": object.union(summary, summaries)}}},
	})
	some member in contract.undetermined with data.contracts as contracts(groups) with input as full
}

test_reason_tells_what_may_have_been_left_out if {
	attic := object.union(group, {"stage": "attic"})
	messages := left_out([attic], {})
	messages == {concat("", [
		"AVERAGE response_time at attic cannot be judged: ",
		"what was reported of it may have been left out: the window has more than 1,000 stages and 10,000 metrics",
	])}
}

test_reason_tells_which_percentile_may_have_been_left_out if {
	tail := json.patch(group, [{"op": "replace", "path": "/constraint_list/0/aggregate_function", "value": "P95"}])
	messages := left_out([tail], {"p95": null})
	messages == {concat("", [
		"P95 response_time at gateway cannot be judged: ",
		"no P95 is known: the window has more than 1,000 stages and 10,000 metrics",
	])}
}

test_reason_tells_what_cannot_be_known_whatever_was_left_out if {
	factor := json.patch(group, [{"op": "replace", "path": "/constraint_list/0/aggregate_function", "value": "PRODUCT"}])
	left_out([factor], {}) == {"PRODUCT response_time at gateway cannot be judged: no PRODUCT was observed"}
}

test_reason_tells_what_was_not_observed if {
	some silent in given["observed: silent application"].undetermined
	silent.message == "AVERAGE response_time at gateway cannot be judged: stage gateway was not reported"
	some empty in given["observed: empty summary"].undetermined
	contains(empty.message, "observed 0 times, at least 1 are needed")
}
