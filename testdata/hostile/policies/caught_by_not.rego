package hostile.caught_by_not

# An error inside `not` must not count as met.
bad if count(numbers.range(1, 1000000000)) > input.reports

met contains {"constraint": "c"} if not bad
