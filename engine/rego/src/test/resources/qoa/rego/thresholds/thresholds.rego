package thresholds

violation contains {"constraint": "response-time", "observed": observed} if {
	observed := input.metrics.response_time.mean
	observed > 0.1
}

violation contains {"constraint": "accuracy", "observed": observed} if {
	observed := input.metrics.accuracy.mean
	observed < 0.8
}

violation contains {"constraint": "cpu-usage", "observed": observed} if {
	observed := input.metrics.cpu_usage.max
	observed > 0.9
}

violation contains {"constraint": "memory-usage", "observed": observed} if {
	observed := input.metrics.memory_usage.max
	observed > 0.8
}

violation contains {"constraint": "error-rate", "observed": observed} if {
	observed := input.metrics.error_rate.mean
	observed > 0.01
}

violation contains {"constraint": "queue-length", "observed": observed} if {
	observed := input.metrics.queue_length.max
	observed > 100
}

violation contains {"constraint": "cost", "observed": observed} if {
	observed := input.metrics.cost.sum
	observed > 1.5
}

violation contains {"constraint": "completeness", "observed": observed} if {
	observed := input.metrics.completeness.min
	observed < 0.95
}
