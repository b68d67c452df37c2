package qoa.rego;

import java.util.List;
import qoa.rego.machine.CallListener;
import qoa.rego.plan.Location;
import qoa.rego.value.RegoValue;

/** Gives a trace what the machine tells. */
record TraceListener(Trace trace) implements CallListener {

  @Override
  public void enter(String name, Location location, List<RegoValue> operands) {
    trace.enter(new Trace.Call(name, location, operands));
  }

  @Override
  public void leave(String name, Location location, List<RegoValue> operands, RegoValue result) {
    trace.leave(new Trace.Call(name, location, operands), result);
  }

  @Override
  public void builtin(String name, Location location, List<RegoValue> operands, RegoValue result) {
    trace.builtin(new Trace.Call(name, location, operands), result);
  }
}
