package qoa.core.policies;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import qoa.core.contracts.Contract;
import qoa.core.documents.DocumentReader;
import qoa.core.documents.NearestName;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/** Checks that the policy of each contract exists. */
public final class PolicyReferences {

  private static final String POLICY = "/policy";

  private PolicyReferences() {}

  /**
   * Adds a problem for each contract whose policy does not exist.
   *
   * @param contracts a contract whose policy is null is skipped; it has another problem
   * @param packages the packages of all policies
   */
  public static List<Problem> problems(List<Contract> contracts, SortedSet<String> packages) {
    return contracts.stream()
        .filter(contract -> contract.policy() != null && !packages.contains(contract.policy()))
        .map(contract -> problem(contract, packages))
        .toList();
  }

  private static Problem problem(Contract contract, Set<String> packages) {
    String known =
        packages.isEmpty()
            ? "there are no policies"
            : "expected one of " + String.join(", ", packages);
    String hint = NearestName.hint(contract.policy(), packages);
    String message = "no policy has the package " + contract.policy() + "; " + known + hint;
    return new Problem(contract.file(), line(contract), POLICY, message);
  }

  /** Reads the file again to find the line; 0 if the contract uses the default policy. */
  private static int line(Contract contract) {
    if (!contract.document().has("policy")) {
      return 0;
    }
    try {
      return DocumentReader.read(Path.of(contract.file()), contract.file()).line(POLICY);
    } catch (ProblemsException e) {
      return 0; // the file has changed
    }
  }
}
