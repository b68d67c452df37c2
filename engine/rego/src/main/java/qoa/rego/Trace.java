package qoa.rego;

import java.util.List;
import qoa.rego.plan.Location;
import qoa.rego.value.RegoValue;

/**
 * Is told what an evaluation calls, for a program that explains it. Its methods are called on the
 * evaluating thread, in the order in which things happen. What they throw fails the evaluation.
 *
 * <p>A rule is computed once in an evaluation, and again where {@code with} changes input or data,
 * or changes them back. Other uses of its result are not told. If the evaluation fails, the
 * functions that were entered are not left.
 */
public interface Trace {

  /** A rule or function is about to be computed. */
  void enter(Call call);

  /**
   * A rule or function was computed.
   *
   * @param call equal to the one that {@link #enter} was given
   * @param result null if it is undefined
   */
  void leave(Call call, RegoValue result);

  /**
   * A builtin was called.
   *
   * @param result null if the call is undefined, or the builtin has no result
   */
  void builtin(Call call, RegoValue result);

  /**
   * A call of a rule, a function or a builtin.
   *
   * @param name such as {@code data.shop.violation} or {@code sprintf}
   * @param location of the call for a builtin, of the definition for a rule or function; see {@link
   *     Location#isKnown}
   * @param operands empty for a rule
   */
  record Call(String name, Location location, List<RegoValue> operands) {}
}
