package qoa.rego.plan;

import java.util.List;
import java.util.Set;

/**
 * The static part of a plan.
 *
 * @param strings texts, and numbers written as texts
 * @param files the names of the policy's files
 * @param withoutResult the builtins that are called for their effect only
 */
public record Constants(List<String> strings, List<String> files, Set<String> withoutResult) {
  /** Copies the collections. */
  public Constants {
    strings = List.copyOf(strings);
    files = List.copyOf(files);
    withoutResult = Set.copyOf(withoutResult);
  }

  /**
   * The string with a number.
   *
   * @throws PlanFormatException if there is none
   */
  public String string(int index) {
    if (index < 0 || index >= strings.size()) {
      throw new PlanFormatException("the plan has no string " + index);
    }
    return strings.get(index);
  }
}
