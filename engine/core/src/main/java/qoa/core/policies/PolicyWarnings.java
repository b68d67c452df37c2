package qoa.core.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import qoa.core.documents.NearestName;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/**
 * Warns of likely mistakes in packages that judge contracts, although they are valid Rego: missing
 * rules, and rules and member keys that the engine does not read. It looks at syntax trees and
 * evaluates nothing.
 */
public final class PolicyWarnings {

  private static final String VIOLATION = "violation";
  private static final String UNDETERMINED = "undetermined";
  private static final String MET = "met";
  private static final List<String> RULES = List.of(VIOLATION, UNDETERMINED, MET);

  private static final Set<String> KEYS =
      Set.of(
          "stakeholder",
          "consumers",
          "constraint",
          "stage",
          "instance",
          "metric",
          "aggregate",
          "observed",
          "expected",
          "severity",
          "message");

  private final String name;
  private final Problem start;
  private final Map<String, List<PolicyRule>> rules = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Set<Problem> warnings = new LinkedHashSet<>();

  /**
   * The warnings about packages; none for the policies that ship. OPA parses each file.
   *
   * @param folder the path of the policies as the user wrote it
   * @param policies all policies in it
   * @param packages the packages that judge contracts
   * @throws ProblemsException if OPA is needed and not found
   */
  public static List<Problem> of(Path folder, PolicySet policies, Set<String> packages)
      throws ProblemsException {
    if (PolicyBundle.shipped().flatMap(bundle -> bundle.policies(policies.sources())).isPresent()) {
      return List.of();
    }
    OpaBinary opa = OpaBinary.locate();
    List<Problem> warnings = new ArrayList<>();
    for (String name : new TreeSet<>(packages)) {
      Map<String, JsonNode> trees = new LinkedHashMap<>();
      for (PolicyModule module : policies.ofPackages(name::equals).modules()) {
        Path file = folder.resolve(module.path());
        try {
          trees.put(file.toString(), OpaCompiler.tree(opa, file, module.rewritten()));
        } catch (ProblemsException e) {
          String message = "was not checked for likely mistakes, because it is too large";
          warnings.add(new Problem(file.toString(), 0, null, message));
        }
      }
      if (!trees.isEmpty()) {
        warnings.addAll(new PolicyWarnings(name, trees).warnings());
      }
    }
    return warnings;
  }

  /**
   * @param name the package
   * @param trees OPA's syntax tree of each of its files, by path as the user wrote it; at least one
   */
  PolicyWarnings(String name, Map<String, JsonNode> trees) {
    this.name = name;
    Map.Entry<String, JsonNode> first = trees.entrySet().iterator().next();
    int line = first.getValue().at("/package/location/row").asInt();
    this.start = new Problem(first.getKey(), line, null, "");
    trees.forEach(
        (file, tree) -> {
          for (PolicyRule rule : PolicyRule.of(file, tree)) {
            rules.computeIfAbsent(rule.name(), n -> new ArrayList<>()).add(rule);
            use(rule.parts());
          }
        });
  }

  private void use(JsonNode node) {
    if (node.path("type").asText().equals("var")) {
      used.add(node.path("value").asText());
    }
    node.forEach(this::use);
  }

  /** The warnings, in order of files and lines. */
  List<Problem> warnings() {
    Set<String> misspelt = unread();
    missing(misspelt);
    for (String rule : RULES) {
      rules.getOrDefault(rule, List.of()).forEach(this::form);
    }
    return warnings.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }

  /** Warns of unused rules that resemble one of the three. Returns the rules that were meant. */
  private Set<String> unread() {
    Set<String> meant = new HashSet<>();
    rules.forEach(
        (written, same) -> {
          Optional<String> near = near(written);
          if (near.isPresent() && !used.contains(written) && !same.get(0).isFunction()) {
            meant.add(near.get());
            warnings.add(
                same.get(0)
                    .problem(
                        "rule %s is ignored; did you mean %s?".formatted(written, near.get())));
          }
        });
    return meant;
  }

  private static Optional<String> near(String written) {
    return RULES.contains(written) ? Optional.empty() : NearestName.to(written, RULES);
  }

  private void missing(Set<String> meant) {
    Set<String> missing = new TreeSet<>(RULES);
    missing.removeAll(rules.keySet());
    missing.removeAll(meant);
    if (missing.equals(Set.of(MET, UNDETERMINED))) {
      warn(
          "package %s has no rule met and no rule undetermined; without a violation, it is unknown"
                  .formatted(name)
              + " which promises were met",
          missing);
    } else if (missing.size() == RULES.size()) {
      warn(
          "package %s has none of the rules violation, undetermined, met".formatted(name), missing);
    } else {
      for (String rule : missing) {
        warn("package %s has no rule %s; %s".formatted(name, rule, without(rule)), Set.of(rule));
      }
    }
  }

  private static String without(String rule) {
    return switch (rule) {
      case VIOLATION -> "no promise can be broken";
      case MET -> "no promise can be met";
      default -> "a metric that was not reported causes no verdict";
    };
  }

  private void warn(String message, Set<String> missing) {
    String hint =
        rules.keySet().stream()
            .filter(written -> near(written).filter(missing::contains).isPresent())
            .findFirst()
            .map(written -> "; is " + written + " a misspelling?")
            .orElse("");
    warnings.add(new Problem(start.file(), start.line(), null, message + hint));
  }

  private void form(PolicyRule rule) {
    String form = rule.otherThanSet();
    if (form != null) {
      String message = "%s is %s; expected a set, such as %s contains …";
      warnings.add(rule.problem(message.formatted(rule.name(), form, rule.name())));
      return;
    }
    new MemberKeys(rules)
        .of(rule)
        .forEach(
            (term, in) -> {
              String key = term.path("value").asText();
              Optional<String> near =
                  KEYS.contains(key) ? Optional.empty() : NearestName.to(key, KEYS);
              near.ifPresent(
                  known ->
                      warnings.add(
                          in.problem(
                              term, "key %s is ignored; did you mean %s?".formatted(key, known))));
            });
  }
}
