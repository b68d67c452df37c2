package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A promise of a contract of {@code qoa.contract}, with the names that its verdicts will have.
 * Metrics therefore show a promise before its first verdict. The rules are those of {@code
 * policies/qoa/contract/names.rego} and {@code parties.rego}.
 *
 * @param constraint the name of the group, followed by {@code /METRIC} if the group has several
 *     constraints
 * @param stakeholder the accountable stakeholder; null if the contract names none
 * @param stage the stage at which the metric is measured; null for the whole application
 * @param severity as the contract states it; null if it states none
 */
public record Promised(String constraint, String stakeholder, String stage, String severity) {

  /** The only policy whose promises can be read from the contract. */
  private static final String POLICY = "qoa.contract";

  /** The promises of a contract; empty if it has another policy. */
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

  /** The default name of the v0.3 schema, which spells {@code data_constaint} like this. */
  private static String defaultName(String kind) {
    return kind.equals("data") ? "data_constaint" : kind + "_constraint";
  }

  /** The provider of the group; otherwise every ML provider; otherwise a single null. */
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

  /** Contracts older than v0.3 have one role, not a list. */
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
