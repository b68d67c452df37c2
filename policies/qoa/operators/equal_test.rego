package qoa.operators_test

import data.qoa.operators

test_equal_compares_numbers if {
	operators.holds("equal", 0.05, 0.1) == false
	operators.holds("equal", 0.1, 0.1) == true
	operators.holds("equal", 0.2, 0.1) == false
}

test_equal_takes_one_for_true if {
	operators.holds("equal", true, 1) == true
	operators.holds("equal", false, true) == false
}

test_equal_cannot_judge_other_types if {
	not operators.holds("equal", 0.1, "0.1")
	not operators.holds("equal", 0.1, null)
	not operators.holds("equal", 0.1, {"min": 0, "max": 1})
	not operators.holds("equal", "0.1", 0.1)
}

test_equal_is_known if "equal" in operators.known
