package hostile.range_huge

violation contains {"constraint": "c", "observed": count(numbers.range(input.reports, 1000000000))}
