/**
 * The machine: the state of an evaluation, and what compiled code calls: functions, remembered
 * results, failures. It does not know what compiled the code. Not part of the API. Uses {@code
 * builtins}, {@code value}, {@code budget}, and locations of {@code plan}.
 */
package qoa.rego.machine;
