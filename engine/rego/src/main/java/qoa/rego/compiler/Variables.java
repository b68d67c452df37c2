package qoa.rego.compiler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.rego.plan.Block;
import qoa.rego.plan.Operand;
import qoa.rego.plan.Statement;
import qoa.rego.plan.VariableStatement.AssignVar;
import qoa.rego.plan.VariableStatement.MakeNull;
import qoa.rego.plan.VariableStatement.MakeNumberInt;
import qoa.rego.plan.VariableStatement.MakeNumberRef;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;

/** Where the variables of one function are: in slots of the frame, or nowhere if constant. */
final class Variables {
  private final StringTable strings;
  private final Aliases aliases;

  /** The plan's variables to the frame's slots; slot 0 is the result's. */
  private final Map<Integer, Integer> slots = new HashMap<>();

  /** The values of variables that are constants. */
  private final Map<Integer, ValueSource> constants = new HashMap<>();

  Variables(StringTable strings, List<Block> blocks, int... parameters) {
    this.strings = strings;
    this.aliases = new Aliases(blocks, parameters);
    for (int parameter : parameters) {
      slot(parameter);
    }
  }

  int frameSize() {
    return slots.size() + 1;
  }

  /** The slot of a variable, which gets one if it has none. */
  int slot(int variable) {
    return slots.computeIfAbsent(aliases.original(variable), v -> slots.size() + 1);
  }

  /** Whether they are the same variable, or copies of each other. */
  boolean isSame(Operand operand, int variable) {
    return operand instanceof Operand.Local local && aliases.original(local.variable()) == variable;
  }

  /** Where an operand's value comes from. */
  ValueSource source(Operand operand) {
    if (operand instanceof Operand.Local local) {
      ValueSource constant = constants.get(aliases.original(local.variable()));
      return constant != null ? constant : ValueSource.slot(slot(local.variable()));
    }
    return ValueSource.constant(
        operand instanceof Operand.StringIndex string
            ? strings.string(string.index())
            : RegoBoolean.of(((Operand.Bool) operand).value()));
  }

  /** Where the values of operands come from. */
  ValueSource[] sources(List<Operand> operands) {
    ValueSource[] sources = new ValueSource[operands.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = source(operands.get(i));
    }
    return sources;
  }

  /**
   * Whether a statement only sets a variable that is a copy or a constant, so that no instruction
   * is needed. If it is a constant, the value is noted for the statements that follow.
   */
  boolean absorb(Statement statement) {
    if (!aliases.isNeedless(statement)) {
      return false;
    }
    if (statement instanceof AssignVar copy) {
      if (aliases.original(copy.target()) == copy.target()) {
        constants.put(copy.target(), source(copy.source()));
      }
    } else {
      constants.put(statement.targets().get(0), constant(statement));
    }
    return true;
  }

  private ValueSource constant(Statement statement) {
    if (statement instanceof MakeNumberInt number) {
      return ValueSource.constant(RegoNumber.of(number.value()));
    }
    if (statement instanceof MakeNumberRef number) {
      return ValueSource.constant(strings.number(number.index()));
    }
    if (statement instanceof MakeNull) {
      return ValueSource.constant(RegoNull.NULL);
    }
    throw new IllegalStateException("not a constant: " + statement);
  }
}
