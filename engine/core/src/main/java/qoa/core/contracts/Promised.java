package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What a contract of the policy {@code qoa.contract} promises, by the names that its verdicts will
 * have: so that metrics can show a promise before its first verdict. {@code
 * policies/qoa/contract/names.rego} and {@code parties.rego} have the rules.
 *
 * @param constraint the group's name, followed by {@code /METRIC} where it holds several
 * @param stakeholder who is accountable; null where nobody is named
 * @param stage where it is measured; null for the whole application
 * @param severity the author's; null for none
 */
public record Promised(String constraint, String stakeholder, String stage, String severity) {

  /** The policy whose contracts say what they promise. */
  private static final String POLICY = "qoa.contract";

  /** What a contract promises; empty where it has a policy of its own. */
  public static Set<Promised> of(Contract contract) {
    Set<Promised> promises = new LinkedHashSet<>();
    if (contract.policy().equals(POLICY)) {
      for (Map.Entry<String, JsonNode> kind : contract.document().path("quality").properties()) {
        kind.getValue().forEach(group -> add(promises, contract, kind.getKey(), group));
      }
    }
    return promises;
  }

  private static void add(Set<Promised> promises, Contract contract, String kind, JsonNode group) {
    JsonNode constraints = group.path("constraint_list");
    String name = group.path("name").asText(defaultName(kind));
    for (JsonNode constraint : constraints) {
      String metric = constraint.path("metrics").path("metric_name").asText("");
      String label = constraints.size() > 1 && !metric.isEmpty() ? name + "/" + metric : name;
      for (String stakeholder : accountable(contract, group)) {
        promises.add(
            new Promised(label, stakeholder, text(group, "stage"), text(group, "severity")));
      }
    }
  }

  /** As the v0.3 schema has it, which really spells {@code data_constaint}. */
  private static String defaultName(String kind) {
    return kind.equals("data") ? "data_constaint" : kind + "_constraint";
  }

  /** Who promised it; else all who provide the service; else nobody by name. */
  private static List<String> accountable(Contract contract, JsonNode group) {
    String provider = text(group, "provider");
    if (provider != null) {
      return List.of(provider);
    }
    List<String> providers =
        new ArrayList<>(
            StreamSupport.stream(contract.document().path("stakeholders").spliterator(), false)
                .filter(stakeholder -> isProvider(stakeholder.path("roles")))
                .map(stakeholder -> stakeholder.path("id").asText())
                .toList());
    if (providers.isEmpty()) {
      providers.add(null);
    }
    return providers;
  }

  /** Contracts older than v0.3 give one role, not a list. */
  private static boolean isProvider(JsonNode roles) {
    return roles.isTextual()
        ? roles.textValue().equals("ml_provider")
        : StreamSupport.stream(roles.spliterator(), false)
            .anyMatch(role -> role.asText().equals("ml_provider"));
  }

  private static String text(JsonNode group, String key) {
    return group.path(key).isTextual() ? group.get(key).textValue() : null;
  }
}
