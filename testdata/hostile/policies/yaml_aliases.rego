package hostile.yaml_aliases

# Every line repeats the previous one nine times.
line(i) := sprintf("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]", [i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1])

text := concat("\n", array.concat(["a0: &a0 [x, x]"], [line(i) | some i in numbers.range(1, 12)]))

violation contains {"constraint": "c", "observed": yaml.unmarshal(text)}
