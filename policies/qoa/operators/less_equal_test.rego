package qoa.operators_test

import data.qoa.operators

test_less_equal_compares_numbers if {
	operators.holds("less_equal", 0.05, 0.1) == true
	operators.holds("less_equal", 0.1, 0.1) == true
	operators.holds("less_equal", 0.2, 0.1) == false
}

test_less_equal_takes_one_for_true if {
	operators.holds("less_equal", true, 1) == true
	operators.holds("less_equal", false, true) == true
}

test_less_equal_cannot_judge_other_types if {
	not operators.holds("less_equal", 0.1, "0.1")
	not operators.holds("less_equal", 0.1, null)
	not operators.holds("less_equal", 0.1, {"min": 0, "max": 1})
	not operators.holds("less_equal", "0.1", 0.1)
}

test_less_equal_is_known if "less_equal" in operators.known
