package qoa.operators_test

import data.qoa.operators

test_range_includes_both_ends if {
	operators.holds("range", 1, {"min": 1, "max": 2}) == true
	operators.holds("range", 1.5, {"min": 1, "max": 2}) == true
	operators.holds("range", 2, {"min": 1, "max": 2}) == true
	operators.holds("range", 0.99, {"min": 1, "max": 2}) == false
	operators.holds("range", 2.01, {"min": 1, "max": 2}) == false
}

test_range_takes_one_for_true if {
	operators.holds("range", true, {"min": 1, "max": 1}) == true
	operators.holds("range", false, {"min": 1, "max": 1}) == false
}

test_range_cannot_judge_without_both_ends_in_order if {
	not operators.holds("range", 1, {"min": 1})
	not operators.holds("range", 1, {"max": 1})
	not operators.holds("range", 1, {"min": "1", "max": 2})
	not operators.holds("range", 1, {"min": 2, "max": 1})
	not operators.holds("range", 1, [1, 2])
	not operators.holds("range", 1, 1)
}

test_range_is_known if "range" in operators.known
