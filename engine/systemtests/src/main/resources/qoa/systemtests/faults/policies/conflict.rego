package faults.conflict

# Two values where there may be one: no evaluation comes to an end.
worst := input.reports if input.reports >= 0

worst := input.reports + 1 if input.reports >= 0

met contains {"constraint": "c", "observed": worst}
