package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import qoa.rego.compiler.PlanCompiler;
import qoa.rego.machine.BuiltinCache;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.machine.CompiledPlan;
import qoa.rego.machine.RunState;
import qoa.rego.plan.PlanFormatException;
import qoa.rego.plan.PlanReader;
import qoa.rego.plan.Policy;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/**
 * A compiled policy, ready to be evaluated. Immutable; any number of threads may evaluate it at the
 * same time, and evaluations do not see each other.
 */
public final class PreparedPlan {
  private final Policy policy;
  private final String sharedMember;
  private final CompiledPlan compiled;
  private final BuiltinCache madeOnce = new BuiltinCache();

  /** Compiled for evaluations with a trace; null before the first one. */
  private volatile CompiledPlan traced;

  private PreparedPlan(Policy policy, String sharedMember) {
    this.policy = policy;
    this.sharedMember = sharedMember;
    this.compiled = PlanCompiler.compile(policy, sharedMember, false);
  }

  /**
   * Compiles a plan.
   *
   * @param plan the {@code plan.json} of a bundle that {@code opa build -t plan} made
   * @throws PlanFormatException if it is not a plan, or calls builtins that the profile leaves out
   */
  public static PreparedPlan of(JsonNode plan) {
    return new PreparedPlan(PlanReader.read(plan), null);
  }

  /**
   * Compiles a plan whose evaluations may share results.
   *
   * @param plan as for {@link #of(JsonNode)}
   * @param sharedMember the key of the input that {@link #shared} is about
   * @throws PlanFormatException as {@link #of(JsonNode)}
   */
  public static PreparedPlan of(JsonNode plan, String sharedMember) {
    return new PreparedPlan(PlanReader.read(plan), sharedMember);
  }

  /** The names that {@link #evaluate} takes, such as {@code shop/violation}. */
  public Set<String> entrypoints() {
    return compiled.entrypoints().keySet();
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
    CompiledPlan plan = isTraced(options) ? traced() : compiled;
    CompiledFunction function = plan.entrypoint(entrypoint);
    RunState state = new RunState(options.settings, madeOnce, plan.functions(), null);
    try {
      function.callRule(input, data, state);
      return state.results();
    } catch (RuntimeException | StackOverflowError e) {
      throw PlanException.of(e);
    }
  }

  /**
   * Room for results that evaluations have in common. They must have the same data, the same value
   * of the input's member that {@link #of(JsonNode, String)} was given, and the same strictness
   * about builtins. The first one that needs a rule which depends on nothing else computes it; the
   * others take its result over, and pay for it as if they had computed it.
   */
  public SharedResults shared() {
    return new SharedResults(compiled.functions());
  }

  /**
   * Begins an evaluation.
   *
   * @param shared null for none; an evaluation with a trace takes nothing over from it
   */
  public PlanRun begin(EvaluationOptions options, SharedResults shared) {
    boolean isTraced = isTraced(options);
    CompiledPlan plan = isTraced ? traced() : compiled;
    RunState state =
        new RunState(
            options.settings,
            madeOnce,
            plan.functions(),
            shared == null || isTraced ? null : shared.results);
    return new PlanRun(plan, state);
  }

  private static boolean isTraced(EvaluationOptions options) {
    return options.settings.listener() != null;
  }

  /** Threads that compile it at the same time get equal plans. */
  private CompiledPlan traced() {
    if (traced == null) {
      traced = PlanCompiler.compile(policy, sharedMember, true);
    }
    return traced;
  }
}
