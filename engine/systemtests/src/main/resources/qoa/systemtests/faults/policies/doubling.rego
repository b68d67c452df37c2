package faults.doubling

# Doubles a text twenty-six times: sixteen letters become a thousand million.
twice(x) := concat("", [x, x])

eight(x) := twice(twice(twice(x)))

sixty_four(x) := eight(eight(x))

met contains {"constraint": "c", "observed": count(sixty_four(sixty_four(sixty_four(sixty_four("0123456789abcdef")))))}
