package qoa.rego.compiler;

import static qoa.rego.value.RegoValue.Type.ARRAY;
import static qoa.rego.value.RegoValue.Type.OBJECT;
import static qoa.rego.value.RegoValue.Type.SET;

import qoa.rego.plan.BlockStatement;
import qoa.rego.plan.CheckStatement;
import qoa.rego.plan.CollectionStatement;
import qoa.rego.plan.Operand;
import qoa.rego.plan.VariableStatement;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoValue;

/** Compiles the statements that call nothing and hold no block, each to one instruction. */
final class StatementCompiler {
  private final Variables variables;
  private final StringTable strings;
  private final boolean inRule;

  StatementCompiler(Variables variables, StringTable strings, boolean inRule) {
    this.variables = variables;
    this.strings = strings;
    this.inRule = inRule;
  }

  Instruction variable(VariableStatement s) {
    if (s instanceof VariableStatement.AssignVar v) {
      return new VariableInstructions.Assign(source(v.source()), slot(v.target()));
    }
    if (s instanceof VariableStatement.AssignVarOnce v) {
      return new VariableInstructions.AssignOnce(
          source(v.source()), slot(v.target()), inRule, v.location());
    }
    if (s instanceof VariableStatement.Dot v) {
      return new VariableInstructions.Dot(source(v.source()), source(v.key()), slot(v.target()));
    }
    if (s instanceof VariableStatement.Len v) {
      return new VariableInstructions.Length(source(v.source()), slot(v.target()));
    }
    if (s instanceof VariableStatement.ResetLocal v) {
      return new VariableInstructions.Reset(slot(v.target()));
    }
    return constant(s);
  }

  private Instruction constant(VariableStatement s) {
    if (s instanceof VariableStatement.AssignInt v) {
      return assign(RegoNumber.of(v.value()), v.target());
    }
    if (s instanceof VariableStatement.MakeNumberInt v) {
      return assign(RegoNumber.of(v.value()), v.target());
    }
    if (s instanceof VariableStatement.MakeNumberRef v) {
      return assign(strings.number(v.index()), v.target());
    }
    if (s instanceof VariableStatement.MakeNull v) {
      return assign(RegoNull.NULL, v.target());
    }
    throw new IllegalStateException("not compiled: " + s);
  }

  private Instruction assign(RegoValue value, int target) {
    return new VariableInstructions.Assign(ValueSource.constant(value), slot(target));
  }

  Instruction check(CheckStatement s) {
    if (s instanceof CheckStatement.Equal c) {
      return new CheckInstructions.Equal(source(c.a()), source(c.b()));
    }
    if (s instanceof CheckStatement.NotEqual c) {
      return new CheckInstructions.NotEqual(source(c.a()), source(c.b()));
    }
    if (s instanceof CheckStatement.IsDefined c) {
      return new CheckInstructions.IsDefined(slot(c.source()), true);
    }
    if (s instanceof CheckStatement.IsUndefined c) {
      return new CheckInstructions.IsDefined(slot(c.source()), false);
    }
    if (s instanceof CheckStatement.IsArray c) {
      return new CheckInstructions.IsType(source(c.source()), ARRAY);
    }
    if (s instanceof CheckStatement.IsObject c) {
      return new CheckInstructions.IsType(source(c.source()), OBJECT);
    }
    if (s instanceof CheckStatement.IsSet c) {
      return new CheckInstructions.IsType(source(c.source()), SET);
    }
    throw new IllegalStateException("not compiled: " + s);
  }

  Instruction collection(CollectionStatement s) {
    if (s instanceof CollectionStatement.ArrayAppend c) {
      return new CollectionInstructions.Append(source(c.value()), slot(c.array()));
    }
    if (s instanceof CollectionStatement.SetAdd c) {
      return new CollectionInstructions.Add(source(c.value()), slot(c.set()));
    }
    if (s instanceof CollectionStatement.ObjectInsert c) {
      return new CollectionInstructions.Insert(
          source(c.key()), source(c.value()), slot(c.object()));
    }
    if (s instanceof CollectionStatement.ObjectInsertOnce c) {
      return new CollectionInstructions.InsertOnce(
          source(c.key()), source(c.value()), slot(c.object()), c.location());
    }
    if (s instanceof CollectionStatement.ObjectMerge c) {
      return new CollectionInstructions.Merge(slot(c.a()), slot(c.b()), slot(c.target()));
    }
    return make(s);
  }

  private Instruction make(CollectionStatement s) {
    if (s instanceof CollectionStatement.MakeArray c) {
      return new CollectionInstructions.Make(ARRAY, c.capacity(), slot(c.target()));
    }
    if (s instanceof CollectionStatement.MakeObject c) {
      return new CollectionInstructions.Make(OBJECT, 2, slot(c.target()));
    }
    if (s instanceof CollectionStatement.MakeSet c) {
      return new CollectionInstructions.Make(SET, 2, slot(c.target()));
    }
    throw new IllegalStateException("not compiled: " + s);
  }

  /** Those of blocks that hold none. */
  Instruction leaf(BlockStatement s) {
    if (s instanceof BlockStatement.Break b) {
      return new BlockInstructions.Break(b.levels());
    }
    if (s instanceof BlockStatement.Nop) {
      return new BlockInstructions.Blocks(new Instruction[0][]);
    }
    if (s instanceof BlockStatement.ReturnLocal b) {
      return new BlockInstructions.Return(slot(b.source()));
    }
    if (s instanceof BlockStatement.ResultSetAdd b) {
      return new BlockInstructions.AddResult(slot(b.value()));
    }
    throw new IllegalStateException("not compiled: " + s);
  }

  private ValueSource source(Operand operand) {
    return variables.source(operand);
  }

  private int slot(int variable) {
    return variables.slot(variable);
  }
}
