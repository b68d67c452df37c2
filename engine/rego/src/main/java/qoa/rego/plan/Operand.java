package qoa.rego.plan;

/** What a statement reads. */
public sealed interface Operand {

  /** A variable. */
  record Local(int variable) implements Operand {}

  /** A string of {@link Constants}. */
  record StringIndex(int index) implements Operand {}

  /** A boolean constant. */
  record Bool(boolean value) implements Operand {}

  /** Whether it is that variable. */
  default boolean isLocal(int variable) {
    return this instanceof Local local && local.variable == variable;
  }
}
