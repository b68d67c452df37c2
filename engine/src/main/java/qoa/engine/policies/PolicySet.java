package qoa.engine.policies;

import java.util.List;

/**
 * All policies of a revision, checked as a whole, in order of their paths. Test files are left out.
 *
 * @param modules the files
 */
public record PolicySet(List<PolicyModule> modules) {

  public PolicySet {
    modules = List.copyOf(modules);
  }

  /** Whether any module belongs to the package. */
  public boolean hasPackage(String name) {
    return modules.stream().anyMatch(m -> m.packageName().equals(name));
  }
}
