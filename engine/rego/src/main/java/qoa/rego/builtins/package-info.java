/**
 * Rego's built-in functions, those of OPA's that touch neither network nor environment nor private
 * keys. {@link qoa.rego.builtins.Builtins} finds them by name.
 */
package qoa.rego.builtins;
