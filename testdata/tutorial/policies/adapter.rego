# METADATA
# title: Calls the old policy of the tutorial with the input and the contract path that it expects
# description: >-
#   This adapter is Rego v1. The old policy is Rego v0 and unchanged. It reports violations only, so the
#   adapter adds the other verdicts: undetermined if a metric was not reported, and met.
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

# The metrics of the report that the old policy judges.
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
