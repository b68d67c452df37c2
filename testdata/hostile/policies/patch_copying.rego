package hostile.patch_copying

# Each of ten thousand patches copies a list of ten thousand elements.
patches := [{"op": "add", "path": "/0", "value": i} | some i in numbers.range(1, 10000)]

violation contains {"constraint": "c", "observed": count(json.patch(numbers.range(input.reports, 10000), patches))}
