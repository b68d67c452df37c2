package qoa.rego;

import qoa.rego.value.RegoValue;

/** What a statement reads: a constant, or a variable's slot in the frame. */
final class Operand {
  private final RegoValue constant;
  private final int slot;

  private Operand(RegoValue constant, int slot) {
    this.constant = constant;
    this.slot = slot;
  }

  static Operand constant(RegoValue value) {
    return new Operand(value, -1);
  }

  static Operand slot(int slot) {
    return new Operand(null, slot);
  }

  /** The value, or null if undefined. */
  RegoValue in(RegoValue[] frame) {
    RegoValue value = constant;
    return value != null ? value : frame[slot];
  }
}
