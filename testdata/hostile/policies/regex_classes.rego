package hostile.regex_classes

# Case-insensitive classes of all letters, each with a thousand ranges.
pattern := sprintf("(?i)[%s]", [concat("", [class | some i in numbers.range(1, 5000); class := substring(`\pL\x{42}-\x{1e900}`, 0, 100 + i)])])

violation contains {"constraint": "c"} if regex.match(pattern, "a")
