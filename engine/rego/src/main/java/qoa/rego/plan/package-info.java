/**
 * The typed plan: records of OPA's intermediate representation, and {@link
 * qoa.rego.plan.PlanReader}, which makes them from JSON. Variables are the plan's numbers of
 * locals.
 *
 * <p>{@link qoa.rego.plan.Location} and {@link qoa.rego.plan.PlanFormatException} are part of the
 * API; the rest is not. Uses no other package of this library.
 */
package qoa.rego.plan;
