# METADATA
# title: Calls the tutorial's old policy with the input shape and the contract's place that it expects
# description: >-
#   Rego v1, beside a v0 policy that stays as it is. The old policy says only what is violated, so the
#   adapter adds what it leaves out - that it cannot judge what was not reported - and what was met.
package qoa4ml.adapter

import data.qoa4ml.object_detection

violation contains member if {
	some member in object_detection.violation with input as tutorial_input
		with data.object_detection.contract as contract
}

undetermined contains {"stakeholder": client, "metric": metric, "message": message} if {
	some metric in missing
	message := sprintf("%s was not reported", [metric])
}

undetermined contains {"message": message} if {
	not roles
	message := sprintf("%v is not a stakeholder of the contract", [client])
}

undetermined contains {"stakeholder": client, "message": "the report's machinetype is none of the contract's"} if {
	not is_promised_machine
}

met contains {"stakeholder": client, "constraint": "tutorial contract"} if {
	roles
	is_promised_machine
	count(missing) == 0
	count(violation) == 0
}

contract := data.contracts[input.contract]

client := object.get(input.report, ["metadata", "client_id"], null)

roles := [stakeholder.roles | some stakeholder in contract.stakeholders; stakeholder.id == client][0]

is_promised_machine if input.report.metadata.machinetype in contract.resources.service[_].machinetypes

# The names that the old policy gives the metrics of the reports.
metrics := object.filter(input.report.quality, judged)

judged := {"ResponseTime", "Accuracy", "DataAccuracy"}

missing := {metric | some metric in judged; not is_number(object.get(input.report, ["quality", metric], null))}

tutorial_input := {
	"client_info": {"id": client, "roles": roles},
	"service_info": {
		"machinetypes": [input.report.metadata.machinetype],
		"metric": object.keys(metrics),
	},
	"metric": metrics,
}
