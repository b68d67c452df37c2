package qoa.aggregates

# METADATA
# title: OR
# description: Whether any observed boolean is true.
boolean["OR"] := "or"
