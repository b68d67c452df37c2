package qoa.rego.machine;

import java.util.Map;

/**
 * What a compiler makes of a plan. Immutable.
 *
 * @param entrypoints by name, such as {@code shop/violation}; each adds its answers to {@link
 *     RunState#results}
 * @param functions how many functions there are, the entrypoints among them
 */
public record CompiledPlan(Map<String, CompiledFunction> entrypoints, int functions) {
  /** Copies the map. */
  public CompiledPlan {
    entrypoints = Map.copyOf(entrypoints);
  }

  /**
   * An entrypoint.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public CompiledFunction entrypoint(String name) {
    CompiledFunction function = entrypoints.get(name);
    if (function == null) {
      throw new IllegalArgumentException(
          "no entrypoint " + name + "; there are " + entrypoints.keySet());
    }
    return function;
  }
}
