# METADATA
# title: The policy that judges any QoA4ML contract
# description: >-
#   Each constraint of the contract gets exactly one verdict for each stakeholder who is accountable
#   for it: `met`, `violation` or `undetermined`. What cannot be judged is undetermined, with the
#   reason in `message`; it is never met.
package qoa.contract

# METADATA
# title: Promises that were kept
met contains member if some [true, member] in judgements

# METADATA
# title: Promises that were broken
violation contains object.union(member, {"message": broken_message(member)}) if {
	some [false, member] in judgements
}

# METADATA
# title: Promises that cannot be judged by what was observed
undetermined contains member if some [null, member] in judgements

undetermined contains {"message": message} if {
	not contract
	message := sprintf("contract %v is not in data.contracts", [input.contract])
}

# METADATA
# title: The contract that this evaluation is about
contract := data.contracts[input.contract]

# METADATA
# title: Whether each promise held, and the member that says so
# description: >-
#   All judging is done here, in one pass, because that is what costs time; `met`, `violation` and
#   `undetermined` only pick from it: true, false, and null where nobody can tell.
judgements := [[outcome.holds, object.union_n([party, shared, outcome.facts])] |
	some kind, groups in contract.quality
	some group in groups
	name := group_name(kind, group)
	parties := accountable(group)
	shared := object.filter(group, {"stage", "severity"})
	some constraint in group.constraint_list
	outcome := judge(name, group, constraint)
	some party in parties
]
