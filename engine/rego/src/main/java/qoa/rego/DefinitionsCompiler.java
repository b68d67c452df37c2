package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a function that consists of definitions. Their variables have the same numbers in the
 * plan, and nothing to do with each other: each alternative is compiled as if it were alone.
 */
final class DefinitionsCompiler {
  private final PlanCompiler plan;
  private final int[] parameters;
  private int frameSize;

  DefinitionsCompiler(PlanCompiler plan, int... parameters) {
    this.plan = plan;
    this.parameters = parameters;
  }

  void define(Function function, List<DefinitionSource> sources) {
    List<Definitions.Definition> definitions = new ArrayList<>();
    for (DefinitionSource source : sources) {
      definitions.add(
          new Definitions.Definition(
              test(source.test(parameters)),
              source.alternatives().stream()
                  .map(this::alternative)
                  .toArray(Definitions.Alternative[]::new),
              plan.constants().location(source.result())));
    }
    String conflict = VariableStatements.AssignOnce.conflict(function.isRule());
    function.define(new Definitions(definitions, conflict), frameSize);
  }

  private Definitions.Alternative alternative(JsonNode block) {
    FunctionCompiler compiler =
        new FunctionCompiler(plan, JsonNodeFactory.instance.arrayNode().add(block), parameters);
    Definitions.Alternative alternative = compiler.alternative();
    frameSize = Math.max(frameSize, compiler.frameSize());
    return alternative;
  }

  /** The arguments are in the slots after that of the result, in their order. */
  private Definitions.Test test(DefinitionSource.Test source) {
    if (source == null) {
      return null;
    }
    int argument = 0;
    while (parameters[argument] != source.variable()) {
      argument++;
    }
    return new Definitions.Test(1 + argument, plan.constants().string(source.constant()));
  }
}
