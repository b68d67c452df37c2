package qoa.core.contracts;

import static java.util.Comparator.comparingInt;
import static qoa.core.documents.Document.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.core.contracts.Contract.Stakeholder;
import qoa.core.documents.Document;
import qoa.core.documents.DocumentReader;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/**
 * What is valid in a contract of {@code qoa.contract}, and yet probably not what its author meant.
 */
public final class ContractWarnings {

  private static final String PROVIDER = "ml_provider";
  private static final String CONSUMER = "ml_consumer";

  private final Contract contract;
  private final Document source;
  private final List<Problem> warnings = new ArrayList<>();
  private final Set<String> parties = new HashSet<>();
  private boolean anyPromise;

  private ContractWarnings(Contract contract, Document source) {
    this.contract = contract;
    this.source = source;
  }

  /**
   * The warnings about valid contracts, in order of contracts and lines; of those with a policy of
   * their own, whose shape is theirs, there are none.
   */
  public static List<Problem> of(ContractSet contracts) {
    List<Problem> warnings = new ArrayList<>();
    for (Contract contract : contracts.contracts()) {
      if (contract.policy().equals(ContractLoader.DEFAULT_POLICY)) {
        warnings.addAll(of(contract));
      }
    }
    return warnings;
  }

  private static List<Problem> of(Contract contract) {
    try {
      // Read again, for a contract in force no longer knows its lines.
      Document source = DocumentReader.read(Path.of(contract.file()), contract.file());
      return new ContractWarnings(contract, source).check();
    } catch (ProblemsException e) {
      return List.of(); // the file has changed since
    }
  }

  private List<Problem> check() {
    for (Map.Entry<String, JsonNode> kind : source.root().path("quality").properties()) {
      for (int i = 0; i < kind.getValue().size() && !UnknownKeys.isOwn(kind.getKey()); i++) {
        JsonNode group = kind.getValue().path(i);
        if (!group.path("constraint_list").isEmpty()) {
          promise(child("/quality", kind.getKey()) + '/' + i, group);
        }
      }
    }
    if (anyPromise) {
      bystanders();
    } else {
      warn("/quality", "promises nothing that can be measured: no group has a constraint");
    }
    warnings.sort(comparingInt(Problem::line));
    return warnings;
  }

  private void promise(String pointer, JsonNode group) {
    anyPromise = true;
    if (group.has("provider")) {
      parties.add(group.path("provider").asText());
    } else if (withRole(PROVIDER).isEmpty()) {
      warn(
          pointer,
          "nobody is accountable for it; name a provider, or give a stakeholder the role "
              + PROVIDER);
    }
    parties.addAll(group.has("provider") ? List.of() : withRole(PROVIDER));
    if (group.has("consumers")) {
      group.path("consumers").forEach(consumer -> parties.add(consumer.asText()));
    } else {
      parties.addAll(withRole(CONSUMER));
    }
  }

  private List<String> withRole(String role) {
    return contract.stakeholders().stream()
        .filter(stakeholder -> stakeholder.roles().contains(role))
        .map(Stakeholder::id)
        .toList();
  }

  private void bystanders() {
    for (int i = 0; i < contract.stakeholders().size(); i++) {
      String id = contract.stakeholders().get(i).id();
      if (!parties.contains(id)) {
        warn(
            "/stakeholders/" + i,
            id + " has no part in any promise; name it as a provider or among the consumers");
      }
    }
  }

  private void warn(String pointer, String message) {
    warnings.add(source.problem(pointer, message));
  }
}
