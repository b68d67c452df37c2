package hostile.regex_backwards

# Every match reads the text to its end, in vain.
text := sprintf("%0200000d", [input.reports])

violation contains {"constraint": "c", "observed": count(regex.find_n("(?:0.*x)?0", text, -1))}
