package qoa.rego.builtins;

/** What it costs to make something: steps, and bytes of memory. */
public record Price(long steps, long bytes) {}
