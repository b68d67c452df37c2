package hostile.million_verdicts

violation contains {"constraint": sprintf("c%d", [i])} if some i in numbers.range(1, 1000000)
