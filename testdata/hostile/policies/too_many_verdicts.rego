package hostile.too_many_verdicts

violation contains {"constraint": sprintf("c%d", [i])} if some i in numbers.range(1, 12000)
