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

/** What contracts and policies owe to one another. */
public final class PolicyReferences {

  private static final String POLICY = "/policy";

  private PolicyReferences() {}

  /**
   * Names each contract whose policy is not there, and the packages that are.
   *
   * @param contracts one without a policy has another problem
   * @param packages of the policies, in order
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
            ? "there is no policy at all"
            : "expected one of " + String.join(", ", packages);
    String hint = NearestName.hint(contract.policy(), packages);
    String message = "no policy is of package " + contract.policy() + "; " + known + hint;
    return new Problem(contract.file(), line(contract), POLICY, message);
  }

  /** Read again only now, when it is needed; 0 where the contract does not give its policy. */
  private static int line(Contract contract) {
    if (!contract.document().has("policy")) {
      return 0;
    }
    try {
      return DocumentReader.read(Path.of(contract.file()), contract.file()).line(POLICY);
    } catch (ProblemsException e) {
      return 0; // the file has changed since
    }
  }
}
