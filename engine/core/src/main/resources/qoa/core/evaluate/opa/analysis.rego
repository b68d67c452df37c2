# METADATA
# title: What the engine has to know of a policy set before it pushes it
# description: >-
#   OPA compiles everything it holds at each module that is pushed, so a module fails whose neighbour
#   is not there yet. `stubs` declares every rule of the set, never defined, so that modules can be
#   pushed in any order and even call each other; the engine deletes the stubs when all are there.
#   `visible` says which keys of the input a package can look at, so that the engine need not send the
#   others. `needs` says which packages a package rests on, itself among them. Input is `{"modules": [{"package": name, "source": text}]}`. Sources that do not parse are
#   left out here; pushing them says why.
package qoa_engine.analysis

parsed[name] contains module if {
	some {"package": name, "source": source} in input.modules
	module := rego.parse_module(name, source)
}

stubs contains text if {
	some name, modules in parsed
	lines := {stub(rule.head) |
		some module in modules
		some rule in module.rules
	}
	header := sprintf("package %s", [written(package_ref[name])])
	text := concat("\n", array.concat([header], [line | some line in lines]))
}

# `input` may be of any type, so that stubs do not make type errors of their own.
stub(head) := sprintf("%s(%s) := input if false", [written(head.ref), concat(", ", wildcards)]) if {
	wildcards := ["_" | some _ in head.args]
	count(wildcards) > 0
} else := sprintf("%s contains input if false", [written(head.ref)]) if {
	head.key
	not "value" in object.keys(head)
} else := sprintf("%s := input if false", [written(head.ref)])

written(ref) := concat("", array.concat([ref[0].value], [sprintf("[%s]", [step(term)]) |
	some term in array.slice(ref, 1, count(ref))
]))

step(term) := json.marshal(term.value) if term.type == "string"

step(term) := `"-"` if term.type != "string"

visible[name] := keys if {
	some name, packages in needs
	keys := {key |
		some needed in packages
		some key in reads[needed]
	}
}

needs[name] := graph.reachable(uses, {name}) if some name, _ in parsed

reads[name] := keys if {
	some name, found in references
	keys := {key |
		some ref in found
		ref[0].value == "input"
		key := first_key(ref)
	}
}

# A reference that leaves open which key is read may read each of them.
first_key(ref) := ref[1].value if ref[1].type == "string"

first_key(ref) := "*" if not ref[1].type == "string"

uses[name] := others if {
	some name, found in references
	paths := {path |
		some ref in found
		ref[0].value == "data"
		path := constant_prefix(ref)
	}
	others := {other |
		some path in paths
		some other, _ in parsed
		overlap(path, package_path[other])
	}
}

constant_prefix(ref) := [term.value |
	some i, term in ref
	i > 0
	every before in array.slice(ref, 1, i + 1) {
		before.type == "string"
	}
]

overlap(one, other) if {
	length := min([count(one), count(other)])
	array.slice(one, 0, length) == array.slice(other, 0, length)
}

package_path[name] := [term.value | some term in ref] if some name, ref in package_ref

# Without the `data` that every package path begins with.
package_ref[name] := ref if {
	some name, modules in parsed
	some module in modules
	path := module["package"].path
	ref := array.slice(path, 1, count(path))
}

references[name] := found if {
	some name, modules in parsed
	found := {node.value |
		walk(modules, [_, node])
		node.type == "ref"
		node.value[0].type == "var"
		node.value[0].value in {"input", "data"}
	}
}
