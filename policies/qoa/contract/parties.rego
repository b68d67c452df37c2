package qoa.contract

# METADATA
# title: The keys of a member that name the accountable stakeholder and the consumers
# description: >-
#   The provider of the group is accountable. Without one, each stakeholder with the role `ml_provider`
#   is. If there is none either, the member names no stakeholder.
accountable(group) := [{"stakeholder": group.provider, "consumers": group.consumers}] if {
	is_string(group.provider)
} else := [{"stakeholder": group.provider, "consumers": all_consumers}] if {
	is_string(group.provider)
} else := [{"stakeholder": id, "consumers": consumers(group)} | some id in all_providers] if {
	count(all_providers) > 0
} else := [{"consumers": consumers(group)}]

consumers(group) := own if {
	own := group.consumers
} else := all_consumers

all_providers := with_role("ml_provider")

all_consumers := with_role("ml_consumer")

# METADATA
# title: The ids of the stakeholders with a role, in the order of the contract
with_role(role) := [stakeholder.id |
	some stakeholder in contract.stakeholders
	has_role(stakeholder, role)
]

has_role(stakeholder, role) if role in stakeholder.roles

# Contracts older than v0.3 have one role, not a list.
has_role(stakeholder, role) if stakeholder.roles == role
