package qoa.rego.compiler;

import java.util.ArrayList;
import java.util.List;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.plan.Block;

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

  /** Compiles the definitions. */
  CompiledFunction.Body body(List<DefinitionSource> sources, boolean isRule) {
    List<Definitions.Definition> definitions = new ArrayList<>();
    for (DefinitionSource source : sources) {
      definitions.add(
          new Definitions.Definition(
              test(source.test(parameters)),
              source.alternatives().stream()
                  .map(this::alternative)
                  .toArray(Definitions.Alternative[]::new),
              source.result().location()));
    }
    return new Definitions(definitions, VariableInstructions.AssignOnce.conflict(isRule));
  }

  /** The slots that {@link #body} needs; known once it was called. */
  int frameSize() {
    return frameSize;
  }

  private Definitions.Alternative alternative(Block block) {
    FunctionCompiler compiler = new FunctionCompiler(plan, List.of(block), parameters);
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
    return new Definitions.Test(1 + argument, plan.strings().string(source.constant()));
  }
}
