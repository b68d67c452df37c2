package hostile.caught_by_not

# It does not know, and would say that all is well.
bad if count(numbers.range(1, 1000000000)) > input.reports

met contains {"constraint": "c"} if not bad
