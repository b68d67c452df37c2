package qoa.rego.compiler;

import qoa.rego.value.RegoValue;

/** What an instruction reads: a constant, or a variable's slot in the frame. */
final class ValueSource {
  private final RegoValue constant;
  private final int slot;

  private ValueSource(RegoValue constant, int slot) {
    this.constant = constant;
    this.slot = slot;
  }

  static ValueSource constant(RegoValue value) {
    return new ValueSource(value, -1);
  }

  static ValueSource slot(int slot) {
    return new ValueSource(null, slot);
  }

  /** The value, or null if undefined. */
  RegoValue in(RegoValue[] frame) {
    RegoValue value = constant;
    return value != null ? value : frame[slot];
  }
}
