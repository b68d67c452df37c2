package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a plan: declares all functions, then compiles each, then the entrypoints. */
final class PlanCompiler {
  private static final int INPUT = 0;
  private static final int DATA = 1;

  private final Constants constants;
  private final Map<String, Function> functions = new HashMap<>();
  private final CallStatements.RuleTree rules = new CallStatements.RuleTree();
  private final Set<String> missing = new LinkedHashSet<>();
  private int nextId;

  PlanCompiler(JsonNode plan) {
    constants = new Constants(plan);
  }

  static PreparedPlan compile(JsonNode plan) {
    if (!plan.path("plans").path("plans").isArray()) {
      throw new PlanFormatException("not a plan: it has no array at /plans/plans");
    }
    PlanCompiler compiler = new PlanCompiler(plan);
    compiler.compileFunctions(plan.path("funcs").path("funcs"));
    Map<String, Function> entrypoints = compiler.compileEntrypoints(plan);
    if (!compiler.missing.isEmpty()) {
      throw new PlanFormatException(String.join("; ", compiler.missing));
    }
    return new PreparedPlan(entrypoints, compiler.nextId);
  }

  private void compileFunctions(JsonNode declared) {
    Set<String> fixed = new FixedRules(constants, declared).names();
    for (JsonNode function : declared) {
      declare(function, fixed.contains(function.path("name").asText()));
    }
    for (JsonNode function : declared) {
      define(functions.get(function.path("name").asText()), function);
    }
  }

  private void declare(JsonNode function, boolean isFixed) {
    Function declared = new Function(nextId++, function.path("params").size(), isFixed);
    functions.put(function.path("name").asText(), declared);
    if (function.path("path").isArray() && declared.isRule()) {
      List<String> path = new ArrayList<>();
      function.path("path").forEach(name -> path.add(name.asText()));
      rules.add(path, declared);
    }
  }

  private void define(Function function, JsonNode source) {
    JsonNode params = source.path("params");
    int[] parameters = new int[params.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = params.get(i).asInt();
    }
    List<DefinitionSource> definitions = DefinitionSource.allOf(source.path("blocks"), parameters);
    if (definitions != null) {
      new DefinitionsCompiler(this, parameters).define(function, definitions);
    } else {
      define(function, new FunctionCompiler(this, source.path("blocks"), parameters));
    }
  }

  private static void define(Function function, FunctionCompiler compiler) {
    Function.Body body = compiler.body();
    function.define(body, compiler.frameSize());
  }

  private Map<String, Function> compileEntrypoints(JsonNode plan) {
    Map<String, Function> entrypoints = new HashMap<>();
    for (JsonNode entrypoint : plan.path("plans").path("plans")) {
      FunctionCompiler compiler =
          new FunctionCompiler(this, entrypoint.path("blocks"), INPUT, DATA);
      Function function = new Function(nextId++, 2, false);
      define(function, compiler);
      entrypoints.put(entrypoint.path("name").asText(), function);
    }
    return entrypoints;
  }

  Constants constants() {
    return constants;
  }

  CallStatements.RuleTree rules() {
    return rules;
  }

  /** The policy's function of that name, or null if there is none. */
  Function function(String name) {
    return functions.get(name);
  }

  /** Notes a call of what is neither in the plan nor in the profile. */
  void missing(String name, int arguments, Location location) {
    String place = location.isKnown() ? location + ": " : "";
    missing.add(place + "no builtin " + name + " with " + arguments + " arguments in the profile");
  }
}
