package qoa.contract

# METADATA
# title: The names that were reported instead of the one in a promise, for messages
# description: >-
#   Empty if there are none. The nearest name comes first. Of many names, only some are listed.
reported_instead(written, names) := "" if {
	count(names) == 0
} else := sprintf("; did you mean %s? reported: %s", [nearest(written, names), listed(names)]) if {
	nearest(written, names)
} else := sprintf("; reported: %s", [listed(names)])

# METADATA
# title: The name that was probably meant; undefined if none is near
nearest(written, names) := [name |
	plain := plain_name(written)
	spellings := shortened(plain)
	some i, name in names
	i < 100
	is_near(plain, spellings, plain_name(name))
][0]

# METADATA
# title: Whether two names are similar
# description: They differ in one letter or in two swapped letters, or one begins with the other.
# scope: document
is_near(plain, _, other) if plain == other

is_near(plain, _, other) if {
	count(plain) > 2
	startswith(other, plain)
}

is_near(plain, _, other) if {
	count(other) > 2
	startswith(plain, other)
}

is_near(plain, spellings, other) if {
	count(plain) > 3
	count(plain) < 60
	abs(count(plain) - count(other)) < 2
	count(spellings & shortened(other)) > 0
}

# METADATA
# title: A name, and the name without each of its letters
shortened(plain) := {plain} | {concat("", [substring(plain, 0, i), substring(plain, i + 1, -1)]) |
	count(plain) < 60
	some i in numbers.range(0, count(plain) - 1)
}

plain_name(name) := lower(strings.replace_n({"_": "", "-": "", ".": ""}, name))

listed(names) := concat("", [concat(", ", array.slice(names, 0, 8)), more(count(names) - 8)])

more(left) := sprintf(", and %d more", [left]) if {
	left > 0
} else := ""

# METADATA
# title: The stages that were reported, in order
reported_stages := names_in(object.get(input, "stages", {}))

# METADATA
# title: The metrics that were reported at the stage of a group, in order
reported_metrics(group) := names_in(object.get(input, ["stages", group.stage, "metrics"], {})) if {
	group.stage
} else := names_in(object.get(input, "metrics", {}))

names_in(collection) := sort(object.keys(collection)) if {
	is_object(collection)
} else := []
