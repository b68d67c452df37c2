package qoa.rego.machine;

import java.util.List;
import qoa.rego.plan.Location;
import qoa.rego.value.RegoValue;

/**
 * Is told what an evaluation calls, by plans that were compiled to tell. Called on the evaluating
 * thread.
 */
public interface CallListener {

  /** A rule or function is about to be computed. */
  void enter(String name, Location location, List<RegoValue> operands);

  /** It was computed; {@code result} is null if it is undefined. */
  void leave(String name, Location location, List<RegoValue> operands, RegoValue result);

  /** A builtin was called; {@code result} is null if the call is undefined. */
  void builtin(String name, Location location, List<RegoValue> operands, RegoValue result);
}
