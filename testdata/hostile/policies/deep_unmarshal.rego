package hostile.deep_unmarshal

# A text nested as deeply as the reader allows, and paths to each level.
open := concat("", [bracket | some i in numbers.range(1, 990); bracket := substring("[", 0, i)])

text := concat("", [open, replace(open, "[", "]")])

violation contains {"constraint": "c", "observed": [path | some i; walk(json.unmarshal(text), [path, _]); i = count(path)]}
