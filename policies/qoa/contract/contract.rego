# METADATA
# title: The generic policy for QoA4ML contracts
# description: >-
#   Each constraint of the contract gets exactly one verdict for each accountable stakeholder: `met`,
#   `violation` or `undetermined`. A constraint that cannot be judged is undetermined, never met. Its
#   `message` states the reason.
package qoa.contract

# METADATA
# title: Promises that are met
met contains object.union(member, {"observed": judgement.observed}) if {
	some judgement in judgements
	judgement.holds == true
	some member in judgement.promise.terms.members
}

# METADATA
# title: Promises that are violated
violation contains object.union(member, {"observed": judgement.observed, "message": message}) if {
	some judgement in judgements
	judgement.holds == false
	message := broken_message(judgement.promise.terms.wording, judgement.observed)
	some member in judgement.promise.terms.members
}

# METADATA
# title: Promises that cannot be judged
# scope: document
undetermined contains object.union(party, facts) if {
	some judgement in judgements
	judgement.holds == null
	promise := judgement.promise
	facts := unjudged_facts(promise.name, promise.group, promise.constraint)
	some party in promise.parties
}

undetermined contains {"message": message} if {
	not contract
	message := sprintf("contract %v is not in data.contracts", [input.contract])
}

# METADATA
# title: The contract of this evaluation
contract := data.contracts[input.contract]

# METADATA
# title: The result for each promise
# description: >-
#   One pass judges all promises, because that takes most of the time. The result is true, false, or
#   null if a promise cannot be judged. `met`, `violation` and `undetermined` select from the results.
judgements := [judge(promise) | some promise in promises]
