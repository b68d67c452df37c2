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
 * What is valid Rego in a package that judges contracts, and yet probably not what its author
 * meant: rules that are not read, missing ones, keys of members that are not read. Told from the
 * text alone; nothing is evaluated.
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
   * The warnings about packages; none about the policies that ship. OPA reads each of their files.
   *
   * @param folder where the policies are, as the person named it
   * @param policies all of them, which compile
   * @param packages those that judge contracts
   * @throws ProblemsException where OPA is needed, and cannot be had
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
          String message = "was not looked through for slips; it is too large for that";
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
   * @param trees OPA's syntax tree of each of its files, by the file as its author knows it; at
   *     least one
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
    Set<String> meant = unread();
    missing(meant);
    for (String rule : RULES) {
      rules.getOrDefault(rule, List.of()).forEach(this::form);
    }
    return warnings.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }

  /** Warns of rules that are near to one of the three and that nothing uses; gives those meant. */
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
                        "rule %s is not read; did you mean %s?".formatted(written, near.get())));
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
          "package %s has neither met nor undetermined; where it says nothing, nobody knows what"
                  .formatted(name)
              + " was kept",
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
      default -> "what was not reported brings no verdict";
    };
  }

  private void warn(String message, Set<String> missing) {
    String hint =
        rules.keySet().stream()
            .filter(written -> near(written).filter(missing::contains).isPresent())
            .findFirst()
            .map(written -> "; did you mean it by " + written + "?")
            .orElse("");
    warnings.add(new Problem(start.file(), start.line(), null, message + hint));
  }

  private void form(PolicyRule rule) {
    String form = rule.otherThanSet();
    if (form != null) {
      String message = "%s is %s; expected a set, as %s contains … makes one";
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
                              term, "key %s is not read; did you mean %s?".formatted(key, known))));
            });
  }
}
