package qoa.rego.compiler;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import qoa.rego.plan.CollectionStatement.ArrayAppend;
import qoa.rego.plan.CollectionStatement.MakeArray;
import qoa.rego.plan.CollectionStatement.MakeObject;
import qoa.rego.plan.CollectionStatement.ObjectInsert;
import qoa.rego.plan.Operand;
import qoa.rego.plan.Statement;
import qoa.rego.plan.VariableStatement.Dot;
import qoa.rego.value.RegoValue;

/** Finds statements that follow each other and that one instruction does, and compiles them. */
final class Fusion {
  private final Variables variables;
  private final StringTable strings;

  Fusion(Variables variables, StringTable strings) {
    this.variables = variables;
    this.strings = strings;
  }

  /** How many of the first statements are lookups, each in what the one before it found. */
  int chainedDots(List<Statement> statements) {
    int end = 0;
    while (end < statements.size()
        && statements.get(end) instanceof Dot dot
        && (end == 0 || variables.isSame(dot.source(), targetOf(statements.get(end - 1))))) {
      end++;
    }
    return end;
  }

  private static int targetOf(Statement dot) {
    return ((Dot) dot).target();
  }

  Instruction dotChain(List<Statement> dots) {
    ValueSource source = variables.source(((Dot) dots.get(0)).source());
    ValueSource[] keys = new ValueSource[dots.size()];
    int[] targets = new int[dots.size()];
    for (int i = 0; i < keys.length; i++) {
      Dot dot = (Dot) dots.get(i);
      keys[i] = variables.source(dot.key());
      targets[i] = variables.slot(dot.target());
    }
    return new VariableInstructions.DotChain(source, keys, targets);
  }

  /**
   * How many of the statements after the first one, which starts a collection, add to it; of an
   * object, those with keys that are different constants. 0 where it starts none.
   */
  int literalParts(List<Statement> statements) {
    Set<Operand> keys = new HashSet<>();
    int end = 1;
    while (end < statements.size() && isPart(statements.get(0), statements.get(end), keys)) {
      end++;
    }
    return end - 1;
  }

  private static boolean isPart(Statement start, Statement part, Set<Operand> keys) {
    if (start instanceof MakeObject object) {
      return part instanceof ObjectInsert insert
          && insert.object() == object.target()
          && insert.key() instanceof Operand.StringIndex
          && keys.add(insert.key());
    }
    return start instanceof MakeArray array
        && part instanceof ArrayAppend append
        && append.array() == array.target();
  }

  Instruction literal(Statement start, List<Statement> parts) {
    return start instanceof MakeObject object ? object(object, parts) : array(start, parts);
  }

  private Instruction object(MakeObject start, List<Statement> parts) {
    ValueSource[] values = new ValueSource[parts.size()];
    RegoValue[] keys = new RegoValue[parts.size()];
    for (int i = 0; i < values.length; i++) {
      ObjectInsert insert = (ObjectInsert) parts.get(i);
      values[i] = variables.source(insert.value());
      keys[i] = strings.string(((Operand.StringIndex) insert.key()).index());
    }
    return new LiteralInstructions.MakeObject(keys, values, variables.slot(start.target()));
  }

  private Instruction array(Statement start, List<Statement> parts) {
    ValueSource[] values = new ValueSource[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = variables.source(((ArrayAppend) parts.get(i)).value());
    }
    return new LiteralInstructions.MakeArray(values, variables.slot(((MakeArray) start).target()));
  }
}
