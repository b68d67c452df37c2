package qoa.contract_test

import data.qoa.contract

test_unjudged_facts_lack_what_a_malformed_constraint_lacks if {
	facts := contract.unjudged_facts("latency", group, {}) with input as evaluation
	object.keys(facts) == {"constraint", "message"}
}

test_unjudged_facts_tell_what_was_observed_all_the_same if {
	demanding := object.union(group, {"min_count": 11})
	facts := contract.unjudged_facts("latency", demanding, constraint) with input as evaluation
	facts.observed == 0.14
}
