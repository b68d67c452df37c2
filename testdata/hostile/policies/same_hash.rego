package hostile.same_hash

# Texts that all have the same hash.
pair := {"Aa", "BB"}

texts := {text |
	some a in pair
	some b in pair
	some c in pair
	some d in pair
	some e in pair
	some f in pair
	some g in pair
	some h in pair
	some i in pair
	some j in pair
	some k in pair
	some l in pair
	some m in pair
	text := concat("", [a, b, c, d, e, f, g, h, i, j, k, l, m])
}

violation contains {"constraint": "c", "observed": count(texts)}
