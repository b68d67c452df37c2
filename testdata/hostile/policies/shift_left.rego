package hostile.shift_left

# Numbers of a hundred thousand digits, multiplied.
large := bits.lsh(1, 250000) - input.reports

violation contains {"constraint": "c", "observed": format_int(large * large, 10)}

violation contains {"constraint": "many", "observed": sum([x | some i in numbers.range(1, 10000); x := (large / 1000) % i])}
