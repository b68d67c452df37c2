package qoa.rego.compiler;

import qoa.rego.plan.Constants;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;

/** The strings of a plan, as values. */
final class StringTable {
  private final Constants constants;
  private final RegoString[] values;

  StringTable(Constants constants) {
    this.constants = constants;
    this.values = new RegoString[constants.strings().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = RegoString.of(constants.string(i).intern()); // equal strings are the same
    }
  }

  /**
   * The string with a number.
   *
   * @throws qoa.rego.plan.PlanFormatException if there is none
   */
  RegoString string(int index) {
    return index >= 0 && index < values.length
        ? values[index]
        : RegoString.of(constants.string(index));
  }

  /** The number that a string holds. */
  RegoNumber number(int index) {
    return RegoNumber.parse(string(index).value());
  }
}
