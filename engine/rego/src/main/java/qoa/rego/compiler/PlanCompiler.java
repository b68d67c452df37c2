package qoa.rego.compiler;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.machine.CompiledPlan;
import qoa.rego.plan.Block;
import qoa.rego.plan.CallStatement.Call;
import qoa.rego.plan.PlanFormatException;
import qoa.rego.plan.Policy;

/** Compiles a plan: declares all functions, then compiles each, then the entrypoints. */
public final class PlanCompiler {
  private static final int INPUT = 0;
  private static final int DATA = 1;

  private final Policy policy;
  private final StringTable strings;
  private final boolean traced;
  private final Map<String, CompiledFunction> functions = new HashMap<>();
  private final CallInstructions.RuleTree rules = new CallInstructions.RuleTree();
  private final Set<String> missing = new LinkedHashSet<>();
  private int nextId;

  private PlanCompiler(Policy policy, boolean traced) {
    this.policy = policy;
    this.strings = new StringTable(policy.constants());
    this.traced = traced;
  }

  /**
   * Compiles a plan.
   *
   * @param sharedMember the key of the input by whose value evaluations share results; null for
   *     none
   * @param traced whether the code tells the evaluation's {@link qoa.rego.machine.CallListener
   *     listener} of calls; there must be one then
   * @throws PlanFormatException if it calls builtins that the profile leaves out
   */
  public static CompiledPlan compile(Policy policy, String sharedMember, boolean traced) {
    PlanCompiler compiler = new PlanCompiler(policy, traced);
    compiler.compileFunctions(
        sharedMember == null ? Set.of() : new FixedRules(policy, sharedMember).names());
    Map<String, CompiledFunction> entrypoints = compiler.compileEntrypoints();
    if (!compiler.missing.isEmpty()) {
      throw new PlanFormatException(String.join("; ", compiler.missing));
    }
    return new CompiledPlan(entrypoints, compiler.nextId);
  }

  private void compileFunctions(Set<String> fixed) {
    for (Policy.Function function : policy.functions()) {
      declare(function, fixed.contains(function.name()));
    }
    for (Policy.Function function : policy.functions()) {
      define(functions.get(function.name()), function);
    }
  }

  private void declare(Policy.Function function, boolean isFixed) {
    CompiledFunction declared = new CompiledFunction(nextId++, function.isRule(), isFixed);
    functions.put(function.name(), declared);
    if (!function.path().isEmpty() && function.isRule()) {
      rules.add(function.path(), declared);
    }
  }

  private void define(CompiledFunction function, Policy.Function source) {
    int[] parameters = source.parameters().stream().mapToInt(Integer::intValue).toArray();
    List<DefinitionSource> definitions = DefinitionSource.allOf(source.blocks(), parameters);
    if (definitions != null) {
      DefinitionsCompiler compiler = new DefinitionsCompiler(this, parameters);
      CompiledFunction.Body body = compiler.body(definitions, source.isRule());
      function.define(traced(body, source), compiler.frameSize());
    } else {
      FunctionCompiler compiler = new FunctionCompiler(this, source.blocks(), parameters);
      CompiledFunction.Body body = compiler.body();
      function.define(traced(body, source), compiler.frameSize());
    }
  }

  private CompiledFunction.Body traced(CompiledFunction.Body body, Policy.Function source) {
    return traced ? new TracedBody(source, body) : body;
  }

  private Map<String, CompiledFunction> compileEntrypoints() {
    Map<String, CompiledFunction> entrypoints = new HashMap<>();
    for (Policy.Entrypoint entrypoint : policy.entrypoints()) {
      List<Block> blocks = entrypoint.blocks();
      FunctionCompiler compiler = new FunctionCompiler(this, blocks, INPUT, DATA);
      CompiledFunction function = new CompiledFunction(nextId++, true, false);
      CompiledFunction.Body body = compiler.body();
      function.define(body, compiler.frameSize());
      entrypoints.put(entrypoint.name(), function);
    }
    return entrypoints;
  }

  StringTable strings() {
    return strings;
  }

  CallInstructions.RuleTree rules() {
    return rules;
  }

  /** The policy's function of that name, or null if there is none. */
  CompiledFunction function(String name) {
    return functions.get(name);
  }

  /** Whether a builtin is called for its result, and not only for its effect. */
  boolean hasResult(String builtin) {
    return !policy.constants().withoutResult().contains(builtin);
  }

  /** Whether the code tells the evaluation's listener of calls. */
  boolean isTraced() {
    return traced;
  }

  /** Notes a call of a function that is neither in the plan nor in the profile. */
  void missing(Call call) {
    String place = call.location().isKnown() ? call.location() + ": " : "";
    missing.add(
        "%sno builtin %s with %d arguments in the profile"
            .formatted(place, call.function(), call.arguments().size()));
  }
}
