package hostile.glob_alternatives

pattern := concat("", [part | some i in numbers.range(1, 3000); part := sprintf("{%d,a*,?%d}", [i, i])])

violation contains {"constraint": "c"} if glob.match(pattern, [], sprintf("%0100000d", [input.reports]))
