package qoa.rego.compiler;

import java.util.List;
import qoa.rego.builtins.Builtin;
import qoa.rego.builtins.Builtins;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.plan.CallStatement;
import qoa.rego.plan.CallStatement.Call;
import qoa.rego.plan.CallStatement.CallDynamic;
import qoa.rego.plan.CheckStatement.NotEqual;
import qoa.rego.plan.Operand;
import qoa.rego.plan.Statement;

/** Compiles calls: finds the function of the plan, or the builtin, by its name. */
final class CallCompiler {
  private static final Operand FALSE = new Operand.Bool(false);

  private final PlanCompiler plan;
  private final Variables variables;

  CallCompiler(PlanCompiler plan, Variables variables) {
    this.plan = plan;
    this.variables = variables;
  }

  /** Whether the first statement is a call, and the next one OPA's test that it is not false. */
  boolean mustHold(List<Statement> statements) {
    return statements.size() > 1
        && statements.get(0) instanceof Call call
        && statements.get(1) instanceof NotEqual test
        && variables.isSame(test.a(), call.result())
        && test.b().equals(FALSE);
  }

  Instruction compile(CallStatement statement) {
    return statement instanceof Call call
        ? call(call, false)
        : callDynamic((CallDynamic) statement);
  }

  private Instruction callDynamic(CallDynamic call) {
    return new CallInstructions.CallDynamic(
        plan.rules(),
        variables.sources(call.path()),
        ValueSource.slot(variables.slot(call.arguments().get(0))),
        ValueSource.slot(variables.slot(call.arguments().get(1))),
        variables.slot(call.result()));
  }

  /** Compiles a call, whose result counts as undefined if it is false and {@code mustHold}. */
  Instruction call(Call call, boolean mustHold) {
    ValueSource[] args = variables.sources(call.arguments());
    int result = variables.slot(call.result());
    CompiledFunction function = plan.function(call.function());
    if (function != null) {
      return function.isRule()
          ? new CallInstructions.CallRule(function, args[0], args[1], result, mustHold)
          : new CallInstructions.CallFunction(function, args, result, mustHold);
    }
    Builtin builtin = Builtins.find(call.function());
    if (builtin == null || builtin.arity() != args.length) {
      plan.missing(call);
      return new BlockInstructions.Break(0);
    }
    int slot = plan.hasResult(call.function()) ? result : -1;
    CallInstructions.Site site =
        new CallInstructions.Site(call.function(), call.location(), mustHold);
    return plan.isTraced()
        ? new TracedCall(builtin, args, slot, site)
        : CallInstructions.CallBuiltin.of(builtin, args, slot, site);
  }
}
