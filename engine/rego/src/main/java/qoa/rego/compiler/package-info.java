/**
 * Compiles the typed plan to closures, called instructions, with the analyses that this needs. Not
 * part of the API: {@link qoa.rego.compiler.PlanCompiler} is all that is public. Uses {@code plan},
 * {@code machine}, {@code builtins}, {@code value}, {@code budget}.
 */
package qoa.rego.compiler;
