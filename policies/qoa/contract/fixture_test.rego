package qoa.contract_test

# Shared by the tests in this folder: a contract with one group, and the observations at one stage.

stakeholders := [
	{"id": "aaltosea1", "roles": ["ml_provider"]},
	{"id": "cloud1", "roles": ["ml_infrastructure"]},
	{"id": "student1", "roles": ["ml_consumer"]},
	{"id": "student2", "roles": ["ml_consumer"]},
]

group := {"name": "latency", "stage": "gateway", "provider": "cloud1", "constraint_list": [constraint]}

constraint := {
	"metrics": {"metric_name": "response_time", "unit": "s"},
	"condition": {"operator": "less_equal", "value": 0.1},
	"aggregate_function": "AVERAGE",
}

summary := {
	"unit": "s", "count": 10, "sum": 1.4, "min": 0.01, "max": 0.9, "mean": 0.14, "p50": 0.04, "p95": 0.2, "p99": 0.5,
	"last": 0.03, "product": null, "and": null, "or": null,
}

evaluation := {
	"contract": "demo",
	"application": "app",
	"window": {"start": "2026-11-23T10:00:00Z", "end": "2026-11-23T10:00:10Z", "seconds": 10},
	"reports": 10,
	"stages": {"gateway": {"instances": ["g1"], "metrics": {"response_time": summary}}},
	"metrics": {"response_time": object.union(summary, {"mean": 0.05})},
	"report": null,
}

contracts(groups) := {"demo": {"id": "demo", "stakeholders": stakeholders, "quality": {"service": groups}}}
