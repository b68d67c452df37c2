/**
 * Runs compiled policies inside the JVM: reads OPA's plan (its intermediate representation, as
 * written by {@code opa build -t plan}), prepares it once, and evaluates it on any number of
 * threads.
 */
package qoa.rego;
