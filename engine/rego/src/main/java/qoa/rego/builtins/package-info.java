/**
 * Rego's built-in functions: those of OPA's that touch neither network nor environment nor private
 * keys. {@link qoa.rego.builtins.Builtins} finds them by name. Not part of the API. Uses {@code
 * value} and {@code budget}.
 */
package qoa.rego.builtins;
