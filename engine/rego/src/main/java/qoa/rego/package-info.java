/**
 * Runs compiled policies inside the JVM: reads OPA's plan (its intermediate representation, as
 * written by {@code opa build -t plan}), prepares it once, and evaluates it on any number of
 * threads.
 *
 * <p>The API is this package, {@link qoa.rego.value} for values, {@link qoa.rego.budget} for
 * limits, and {@link qoa.rego.plan.Location} and {@link qoa.rego.plan.PlanFormatException}. The
 * public types of the other packages are public for this package only.
 */
package qoa.rego;
