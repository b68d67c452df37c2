package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/**
 * A compiled policy, ready to be evaluated. Immutable; any number of threads may evaluate it at the
 * same time, and evaluations do not see each other.
 */
public final class PreparedPlan {
  private final Map<String, Function> entrypoints;
  private final int functions;
  private final MadeOnce madeOnce = new MadeOnce();

  PreparedPlan(Map<String, Function> entrypoints, int functions) {
    this.entrypoints = Map.copyOf(entrypoints);
    this.functions = functions;
  }

  /**
   * Compiles a plan.
   *
   * @param plan the {@code plan.json} of a bundle that {@code opa build -t plan} made
   * @throws PlanFormatException if it is no plan, or calls builtins that are not there
   */
  public static PreparedPlan of(JsonNode plan) {
    return PlanCompiler.compile(plan);
  }

  /** The names that {@link #evaluate} takes, such as {@code qoa/contract/violation}. */
  public Set<String> entrypoints() {
    return entrypoints.keySet();
  }

  /**
   * Evaluates an entrypoint.
   *
   * @param input null for none
   * @param data the base documents; null for none
   * @return the result set: empty if the entrypoint is undefined, else an object for each answer;
   *     that of a compiled entrypoint has the value under {@code "result"}
   * @throws PlanException if the evaluation fails or reaches a limit
   * @throws IllegalArgumentException if there is no such entrypoint
   */
  public RegoSet evaluate(
      String entrypoint, RegoValue input, RegoValue data, EvaluationOptions options) {
    return evaluate(entrypoint, input, data, options, null);
  }

  /** Room for what evaluations of one contract have in common. */
  public SharedResults shared() {
    return new SharedResults(functions);
  }

  /**
   * As {@link #evaluate(String, RegoValue, RegoValue, EvaluationOptions)}.
   *
   * @param shared for evaluations with the same data, the same {@code input.contract} and the same
   *     strictness about builtins; null for none
   */
  RegoSet evaluate(
      String entrypoint,
      RegoValue input,
      RegoValue data,
      EvaluationOptions options,
      SharedResults shared) {
    Function function = function(entrypoint);
    try {
      return evaluate(function, input, data, begin(options, shared));
    } catch (RuntimeException | StackOverflowError e) {
      throw PlanException.of(e);
    }
  }

  /** Begins an evaluation, which is the budget for all that belongs to it. */
  public PlanRun begin(EvaluationOptions options, SharedResults shared) {
    return new PlanRun(options, madeOnce, functions, shared);
  }

  /**
   * Evaluates an entrypoint within an evaluation that was begun; whatever it throws has ended the
   * evaluation, and {@link PlanException#of} says what that means.
   */
  public RegoSet evaluate(String entrypoint, RegoValue input, RegoValue data, PlanRun evaluation) {
    return evaluate(function(entrypoint), input, data, evaluation);
  }

  private static RegoSet evaluate(
      Function function, RegoValue input, RegoValue data, PlanRun evaluation) {
    function.callRule(input, data, evaluation);
    return evaluation.results;
  }

  private Function function(String entrypoint) {
    Function function = entrypoints.get(entrypoint);
    if (function == null) {
      throw new IllegalArgumentException(
          "no entrypoint " + entrypoint + "; there are " + entrypoints.keySet());
    }
    return function;
  }
}
