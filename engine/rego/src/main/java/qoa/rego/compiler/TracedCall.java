package qoa.rego.compiler;

import java.util.List;
import qoa.rego.builtins.Builtin;
import qoa.rego.builtins.BuiltinException;
import qoa.rego.machine.RunState;
import qoa.rego.value.RegoValue;

/** Calls a builtin and tells the evaluation's listener. */
final class TracedCall extends CallInstructions.CallBuiltin {
  private final Builtin builtin;
  private final ValueSource[] arguments;
  private final CallInstructions.Site site;

  TracedCall(Builtin builtin, ValueSource[] arguments, int result, CallInstructions.Site site) {
    super(result, site);
    this.builtin = builtin;
    this.arguments = arguments;
    this.site = site;
  }

  @Override
  RegoValue call(RegoValue[] frame, RunState evaluation) {
    RegoValue[] operands = new RegoValue[arguments.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = arguments[i].in(frame);
      if (operands[i] == null) {
        return null;
      }
    }
    try {
      RegoValue result = builtin.apply(evaluation, operands);
      tell(operands, result, evaluation);
      return result;
    } catch (BuiltinException e) {
      tell(operands, null, evaluation);
      throw e;
    }
  }

  private void tell(RegoValue[] operands, RegoValue result, RunState evaluation) {
    evaluation.listener().builtin(site.name(), site.location(), List.of(operands), result);
  }
}
