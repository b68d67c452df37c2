package qoa.operators_test

import data.qoa.operators

test_greater_equal_compares_numbers if {
	operators.holds("greater_equal", 0.05, 0.1) == false
	operators.holds("greater_equal", 0.1, 0.1) == true
	operators.holds("greater_equal", 0.2, 0.1) == true
}

test_greater_equal_takes_one_for_true if {
	operators.holds("greater_equal", true, 1) == true
	operators.holds("greater_equal", false, true) == false
}

test_greater_equal_cannot_judge_other_types if {
	not operators.holds("greater_equal", 0.1, "0.1")
	not operators.holds("greater_equal", 0.1, null)
	not operators.holds("greater_equal", 0.1, {"min": 0, "max": 1})
	not operators.holds("greater_equal", "0.1", 0.1)
}

test_greater_equal_is_known if "greater_equal" in operators.known
