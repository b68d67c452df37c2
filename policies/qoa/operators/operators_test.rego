package qoa.operators_test

import data.qoa.operators

test_threshold_takes_two_numbers if operators.threshold(0, 0.1) == 0.1

test_threshold_takes_two_booleans if {
	operators.threshold(true, false) == false
	operators.threshold(false, true) == true
}

test_threshold_takes_one_and_zero_for_booleans if {
	operators.threshold(true, 1) == true
	operators.threshold(false, 0) == false
}

test_threshold_takes_nothing_else if {
	not operators.threshold(true, 2)
	not operators.threshold(true, null)
	not operators.threshold(1, true)
	not operators.threshold(1, "1")
	not operators.threshold(null, 1)
	not operators.threshold("1", "1")
}

test_an_unknown_operator_holds_nothing if {
	not operators.holds("about", 1, 1)
	not "about" in operators.known
}
