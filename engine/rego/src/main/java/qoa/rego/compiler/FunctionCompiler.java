package qoa.rego.compiler;

import java.util.ArrayList;
import java.util.List;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.plan.Block;
import qoa.rego.plan.BlockStatement;
import qoa.rego.plan.CallStatement;
import qoa.rego.plan.CheckStatement;
import qoa.rego.plan.CollectionStatement;
import qoa.rego.plan.Statement;
import qoa.rego.plan.VariableStatement;
import qoa.rego.plan.VariableStatement.AssignVarOnce;
import qoa.rego.value.RegoString;

/**
 * Compiles the statements of one function, or of a part of one that shares no variables with the
 * others: gives its variables slots, and finds statements that one instruction can do.
 */
final class FunctionCompiler {
  private final PlanCompiler plan;
  private final List<Block> blocks;
  private final Variables variables;
  private final Fusion fusion;
  private final CallCompiler calls;
  private final StatementCompiler statements;

  FunctionCompiler(PlanCompiler plan, List<Block> blocks, int... parameters) {
    this.plan = plan;
    this.blocks = blocks;
    this.variables = new Variables(plan.strings(), blocks, parameters);
    this.fusion = new Fusion(variables, plan.strings());
    this.calls = new CallCompiler(plan, variables);
    this.statements = new StatementCompiler(variables, plan.strings(), parameters.length == 2);
  }

  int frameSize() {
    return variables.frameSize();
  }

  /** Compiles the blocks. */
  CompiledFunction.Body body() {
    return new BlockInstructions.Body(compile(blocks));
  }

  /** Compiles the only block, which is one of a definition's. */
  Definitions.Alternative alternative() {
    List<Statement> needed = needed(blocks.get(0));
    int last = needed.size() - 1;
    return new Definitions.Alternative(
        compiled(needed.subList(1, last)),
        variables.source(((AssignVarOnce) needed.get(last)).source()));
  }

  private Instruction[][] compile(List<Block> nested) {
    Instruction[][] compiled = new Instruction[nested.size()][];
    for (int i = 0; i < compiled.length; i++) {
      compiled[i] = compile(nested.get(i));
    }
    return compiled;
  }

  private Instruction[] compile(Block block) {
    return compiled(needed(block));
  }

  /** The statements without those that set copies and constants. */
  private List<Statement> needed(Block block) {
    List<Statement> needed = new ArrayList<>(block.size());
    for (Statement statement : block.statements()) {
      if (!variables.absorb(statement)) {
        needed.add(statement);
      }
    }
    return needed;
  }

  private Instruction[] compiled(List<Statement> list) {
    List<Instruction> compiled = new ArrayList<>(list.size());
    int at = 0;
    while (at < list.size()) {
      List<Statement> rest = list.subList(at, list.size());
      int dots = fusion.chainedDots(rest);
      int parts = fusion.literalParts(rest);
      if (dots > 1) {
        compiled.add(fusion.dotChain(rest.subList(0, dots)));
        at += dots;
      } else if (parts > 0) {
        compiled.add(fusion.literal(rest.get(0), rest.subList(1, 1 + parts)));
        at += 1 + parts;
      } else if (calls.mustHold(rest)) {
        compiled.add(calls.call((CallStatement.Call) rest.get(0), true));
        at += 2;
      } else {
        compiled.add(compile(rest.get(0)));
        at++;
      }
    }
    return compiled.toArray(Instruction[]::new);
  }

  private Instruction compile(Statement s) {
    if (s instanceof VariableStatement variable) {
      return statements.variable(variable);
    }
    if (s instanceof CheckStatement check) {
      return statements.check(check);
    }
    if (s instanceof CollectionStatement collection) {
      return statements.collection(collection);
    }
    if (s instanceof CallStatement call) {
      return calls.compile(call);
    }
    return block((BlockStatement) s);
  }

  private Instruction block(BlockStatement s) {
    if (s instanceof BlockStatement.Blocks nested) {
      return new BlockInstructions.Blocks(compile(nested.blocks()));
    }
    if (s instanceof BlockStatement.Not not) {
      return new BlockInstructions.Not(compile(not.block()));
    }
    if (s instanceof BlockStatement.Scan scan) {
      return new BlockInstructions.Scan(
          variables.slot(scan.source()),
          variables.slot(scan.key()),
          variables.slot(scan.value()),
          compile(scan.block()));
    }
    if (s instanceof BlockStatement.With with) {
      RegoString[] path =
          with.path().stream().map(plan.strings()::string).toArray(RegoString[]::new);
      int target = variables.slot(with.local());
      return new With(target, path, variables.source(with.value()), compile(with.block()));
    }
    return statements.leaf(s);
  }
}
