package qoa.core.policies;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All policies of a revision. They compile together. Test files are not included. Immutable.
 *
 * @param modules the files, in order of their paths
 */
public record PolicySet(List<PolicyModule> modules) {

  public PolicySet {
    modules = List.copyOf(modules);
  }

  /** Whether any module belongs to the package. */
  public boolean hasPackage(String name) {
    return modules.stream().anyMatch(m -> m.packageName().equals(name));
  }

  /** The packages, in order. */
  public SortedSet<String> packages() {
    SortedSet<String> packages = new TreeSet<>();
    modules.forEach(module -> packages.add(module.packageName()));
    return packages;
  }

  /** The text of each module, by path. */
  public SortedMap<String, String> sources() {
    SortedMap<String, String> sources = new TreeMap<>();
    modules.forEach(module -> sources.put(module.path(), module.source()));
    return sources;
  }

  /** The policies of some packages. */
  public PolicySet ofPackages(Predicate<String> wanted) {
    return new PolicySet(
        modules.stream().filter(module -> wanted.test(module.packageName())).toList());
  }
}
