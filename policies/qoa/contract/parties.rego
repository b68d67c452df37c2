package qoa.contract

# METADATA
# title: Who is accountable for a group, and to whom, as the keys that a member says it with
# description: >-
#   Whoever promised it; else all who provide the service; else nobody by name.
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
# title: The ids of the stakeholders with a role, in the contract's order
with_role(role) := [stakeholder.id |
	some stakeholder in contract.stakeholders
	has_role(stakeholder, role)
]

has_role(stakeholder, role) if role in stakeholder.roles

# Contracts older than v0.3 give one role, not a list.
has_role(stakeholder, role) if stakeholder.roles == role
