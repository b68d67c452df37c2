# METADATA
# title: The operators of QoA4ML conditions
# description: >-
#   `holds(operator, observed, value)` is true where the condition holds, false where it does not, and
#   undefined where it cannot be judged: an unknown operator, or a value that the observed one cannot
#   be compared with. Each operator has a file of its name, and names itself in `known`. Rego orders
#   values of any two types, so `"fast" > 3` is true; each operator therefore asks for two numbers, or
#   two booleans, where 1 and 0 stand for true and false.
package qoa.operators

# METADATA
# title: The promised value as something that the observed one can be compared with
# description: The operators of one value do this by themselves, since a call costs OPA more than they do.
threshold(observed, value) := value if {
	is_number(observed)
	is_number(value)
}

threshold(true, value) := truth[value]

threshold(false, value) := truth[value]

truth := {true: true, false: false, 1: true, 0: false}
