package qoa.aggregates

# METADATA
# title: AND
# description: Whether all observed booleans are true.
boolean["AND"] := "and"
