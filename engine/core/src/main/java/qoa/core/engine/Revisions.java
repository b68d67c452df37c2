package qoa.core.engine;

import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractLoader;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.ContractWarnings;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Revision;
import qoa.core.policies.PolicyLoader;
import qoa.core.policies.PolicyReferences;
import qoa.core.policies.PolicySet;
import qoa.core.policies.PolicyWarnings;

/** Reads contracts and policies as one. */
public final class Revisions {

  private Revisions() {}

  /**
   * Reads and checks everything in two folders.
   *
   * @throws ProblemsException with every mistake in either, and with contracts whose policy is
   *     missing, unless mistakes in the policies hide that
   */
  public static Revision load(Path contractsFolder, Path policiesFolder) throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    List<Contract> contracts = ContractLoader.load(contractsFolder, problems);
    PolicySet policies = null;
    Optional<SortedSet<String>> packages;
    try {
      policies = PolicyLoader.load(policiesFolder);
      packages = Optional.of(policies.packages());
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
      packages = PolicyLoader.packages(policiesFolder);
    }
    packages.ifPresent(there -> problems.addAll(PolicyReferences.problems(contracts, there)));
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return Revision.of(policies, new ContractSet(contracts));
  }

  /**
   * What is valid, and yet probably not what its author meant, in order of files and lines.
   *
   * @param policiesFolder where the revision's policies were read from
   * @throws ProblemsException where OPA is needed for that, and cannot be had
   */
  public static List<Problem> warnings(Path policiesFolder, Revision revision)
      throws ProblemsException {
    List<Problem> warnings = new ArrayList<>(ContractWarnings.of(revision.contracts()));
    Set<String> packages =
        revision.contracts().contracts().stream().map(Contract::policy).collect(toSet());
    warnings.addAll(PolicyWarnings.of(policiesFolder, revision.policies(), packages));
    return warnings;
  }
}
