package qoa.rego.builtins;

import qoa.rego.value.RegoValue;

/** An argument of the wrong type or shape; with strict errors, {@code eval_type_error}. */
public final class OperandException extends BuiltinException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes an argument as OPA does.
   *
   * @param position of the argument, from 1
   */
  public OperandException(int position, String message) {
    super("operand " + position + " " + message);
  }

  /** The arguments do not go together. */
  OperandException(String message) {
    super(message);
  }

  /** The argument at {@code position}, from 1, is none of the {@code expected} types. */
  static OperandException type(int position, RegoValue got, String... expected) {
    String wanted =
        expected.length == 1
            ? "must be " + expected[0]
            : "must be one of {" + String.join(", ", expected) + "}";
    return new OperandException(position, wanted + " but got " + got.type().regoName());
  }

  /** The collection at {@code position}, from 1, holds an element of none of the given types. */
  static OperandException element(
      int position, RegoValue collection, RegoValue got, String... expected) {
    String type = collection.type().regoName();
    String wanted =
        expected.length == 1
            ? "must be " + type + " of " + expected[0] + "s"
            : "must be " + type + " of (any of) {" + String.join(", ", expected) + "}";
    return new OperandException(
        position, wanted + " but got " + type + " containing " + got.type().regoName());
  }
}
