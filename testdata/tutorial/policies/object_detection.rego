# A policy from the university tutorial: Rego v0, with its own form of input.
package qoa4ml.object_detection

import data.object_detection.contract as contract

default contract_violation = false

contract_violation {
	count(violation) > 0
}

violation[[input.client_info, "Violation of response time"]] {
	is_stakeholders[input.client_info.id]
	input.service_info.metric[_] == "ResponseTime"
	promise := contract.quality.services[_].ResponseTime
	promise.machinetypes[_] == input.service_info.machinetypes[_]
	promise.operators == "max"
	input.metric.ResponseTime > promise.value
}

violation[[input.client_info, "Violation of model accuracy"]] {
	is_stakeholders[input.client_info.id]
	input.service_info.metric[_] == "Accuracy"
	promise := contract.quality.mlmodels[_].Accuracy
	promise.machinetypes[_] == input.service_info.machinetypes[_]
	promise.operators == "min"
	input.metric.Accuracy < promise.value
}

violation[[input.client_info, "Violation of data accuracy"]] {
	is_stakeholders[input.client_info.id]
	input.service_info.metric[_] == "DataAccuracy"
	promise := contract.quality.data[_].Accuracy
	promise.operators == "min"
	input.metric.DataAccuracy < promise.value
}

is_stakeholders[stakeholder.id] {
	stakeholder := contract.stakeholders[_]
	stakeholder.roles == input.client_info.roles
}
