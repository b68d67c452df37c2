# METADATA
# title: The policy that judges any QoA4ML contract
# description: >-
#   Each constraint of the contract gets exactly one verdict for each stakeholder who is accountable
#   for it: `met`, `violation` or `undetermined`. What cannot be judged is undetermined, with the
#   reason in `message`; it is never met.
package qoa.contract

# METADATA
# title: Promises that were kept
met contains object.union(member, {"observed": judgement.observed}) if {
	some judgement in judgements
	judgement.holds == true
	some member in judgement.promise.terms.members
}

# METADATA
# title: Promises that were broken
violation contains object.union(member, {"observed": judgement.observed, "message": message}) if {
	some judgement in judgements
	judgement.holds == false
	message := broken_message(judgement.promise.terms.wording, judgement.observed)
	some member in judgement.promise.terms.members
}

# METADATA
# title: Promises that cannot be judged by what was observed
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
# title: The contract that this evaluation is about
contract := data.contracts[input.contract]

# METADATA
# title: Whether each promise held
# description: >-
#   All judging is done here, in one pass, because that is what costs time; `met`, `violation` and
#   `undetermined` only pick from it: true, false, and null where nobody can tell.
judgements := [judge(promise) | some promise in promises]
