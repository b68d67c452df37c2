package hostile.regex_backwards

# Every attempt reads the text to its end and matches nothing.
text := sprintf("%0200000d", [input.reports])

violation contains {"constraint": "c", "observed": count(regex.find_n("(?:0.*x)?0", text, -1))}
