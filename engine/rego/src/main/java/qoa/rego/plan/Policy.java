package qoa.rego.plan;

import java.util.List;

/**
 * A plan file: what {@code opa build -t plan} made of a policy.
 *
 * @param constants what statements refer to by number
 * @param functions the rules and functions, in the plan's order
 * @param entrypoints the plans, one for each entrypoint
 */
public record Policy(Constants constants, List<Function> functions, List<Entrypoint> entrypoints) {
  /** Copies the lists. */
  public Policy {
    functions = List.copyOf(functions);
    entrypoints = List.copyOf(entrypoints);
  }

  /**
   * A rule or a function.
   *
   * @param name unique in the plan, such as {@code g0.data.shop.violation}
   * @param path the parts of the name; empty in plans of older compilers
   * @param parameters the variables of input and data, then those of the arguments
   * @param blocks run one after the other until one returns
   */
  public record Function(
      String name, List<String> path, List<Integer> parameters, List<Block> blocks) {
    /** Copies the lists. */
    public Function {
      path = List.copyOf(path);
      parameters = List.copyOf(parameters);
      blocks = List.copyOf(blocks);
    }

    /** Whether it depends on nothing but input and data. */
    public boolean isRule() {
      return parameters.size() == 2;
    }
  }

  /**
   * What an entrypoint evaluates.
   *
   * @param name such as {@code shop/violation}
   * @param blocks run one after the other; variable 0 is the input, 1 is data
   */
  public record Entrypoint(String name, List<Block> blocks) {
    /** Copies the list. */
    public Entrypoint {
      blocks = List.copyOf(blocks);
    }
  }
}
