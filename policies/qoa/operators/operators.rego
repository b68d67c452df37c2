# METADATA
# title: The operators of QoA4ML conditions
# description: >-
#   `holds(operator, observed, value)` is true if the condition holds, and false if it does not. It is
#   undefined if it cannot be judged: the operator is unknown, or the two values cannot be compared.
#   Each operator has a file with its name, and adds itself to `known`. Rego compares values of
#   different types, so `"fast" > 3` is true. Each operator therefore requires two numbers or two
#   booleans. With booleans, 1 and 0 in the contract mean true and false.
package qoa.operators

# METADATA
# title: The expected value, converted to the type of the observed one
# description: The other operators do this inline, because a call costs OPA more.
# scope: document
threshold(observed, value) := value if {
	is_number(observed)
	is_number(value)
}

threshold(true, value) := truth[value]

threshold(false, value) := truth[value]

truth := {true: true, false: false, 1: true, 0: false}
