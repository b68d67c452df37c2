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

/** Warns of parts of a contract of {@code qoa.contract} that are valid but probably not meant. */
public final class ContractWarnings {

  private static final String PROVIDER = "ml_provider";
  private static final String CONSUMER = "ml_consumer";

  private final Contract contract;
  private final Document document;
  private final List<Problem> warnings = new ArrayList<>();
  private final Set<String> involved = new HashSet<>();
  private boolean anyPromise;

  private ContractWarnings(Contract contract, Document document) {
    this.contract = contract;
    this.document = document;
  }

  /**
   * The warnings about valid contracts, in order of contracts and lines. Contracts with another
   * policy may have any shape and get no warnings.
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
      // Read again: a contract does not store the lines of its values.
      Document document = DocumentReader.read(Path.of(contract.file()), contract.file());
      return new ContractWarnings(contract, document).check();
    } catch (ProblemsException e) {
      return List.of(); // the file has changed
    }
  }

  private List<Problem> check() {
    for (Map.Entry<String, JsonNode> kind : document.root().path("quality").properties()) {
      for (int i = 0; i < kind.getValue().size() && !UnknownKeys.isOwn(kind.getKey()); i++) {
        JsonNode group = kind.getValue().path(i);
        if (!group.path("constraint_list").isEmpty()) {
          promise(child("/quality", kind.getKey()) + '/' + i, group);
        }
      }
    }
    if (anyPromise) {
      warnOfUninvolved();
    } else {
      warn("/quality", "contains no promise that can be measured: no group has a constraint");
    }
    warnings.sort(comparingInt(Problem::line));
    return warnings;
  }

  private void promise(String pointer, JsonNode group) {
    anyPromise = true;
    if (group.has("provider")) {
      involved.add(group.path("provider").asText());
    } else if (withRole(PROVIDER).isEmpty()) {
      warn(
          pointer,
          "no stakeholder is accountable for this promise; name a provider, or give a stakeholder"
              + " the role "
              + PROVIDER);
    }
    involved.addAll(group.has("provider") ? List.of() : withRole(PROVIDER));
    if (group.has("consumers")) {
      group.path("consumers").forEach(consumer -> involved.add(consumer.asText()));
    } else {
      involved.addAll(withRole(CONSUMER));
    }
  }

  private List<String> withRole(String role) {
    return contract.stakeholders().stream()
        .filter(stakeholder -> stakeholder.roles().contains(role))
        .map(Stakeholder::id)
        .toList();
  }

  private void warnOfUninvolved() {
    for (int i = 0; i < contract.stakeholders().size(); i++) {
      String id = contract.stakeholders().get(i).id();
      if (!involved.contains(id)) {
        warn(
            "/stakeholders/" + i,
            id + " is neither provider nor consumer of any promise; name it as one of these");
      }
    }
  }

  private void warn(String pointer, String message) {
    warnings.add(document.problem(pointer, message));
  }
}
