package faults.ponderous

import data.qoa.contract

# Says what the project's policy says, after a long thought.
thought if count([n | some n in numbers.range(1, 4000); n % 7 == 3]) > 0

violation contains verdict if {
	thought
	some verdict in contract.violation
}

undetermined contains verdict if {
	thought
	some verdict in contract.undetermined
}

met contains verdict if {
	thought
	some verdict in contract.met
}
