/**
 * Rego's values: scalars, arrays, objects with keys of any type, and sets, with one number line and
 * one total order. Values never change once they have been handed out, and are safe to share
 * between threads. An undefined value is no value: methods that may find nothing return {@code
 * null}.
 *
 * <p>Part of the API, except {@link qoa.rego.value.Accumulators} and {@link qoa.rego.value.Costs}.
 * Uses {@code budget}.
 */
package qoa.rego.value;
