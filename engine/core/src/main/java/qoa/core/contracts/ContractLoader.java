package qoa.core.contracts;

import static java.util.Comparator.comparingInt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qoa.core.documents.Document;
import qoa.core.documents.DocumentFiles;
import qoa.core.documents.DocumentReader;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/** Reads and checks all contracts of a folder, or one file. */
public final class ContractLoader {

  /** The policy that the project ships; only its contracts have to be QoA4ML contracts. */
  public static final String DEFAULT_POLICY = "qoa.contract";

  private final List<Problem> problems;
  private final Map<String, String> firstOfId = new HashMap<>();

  private ContractLoader(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * Reads every {@code .yaml}, {@code .yml} and {@code .json} file in the folder and those below;
   * or one file, whatever its name is.
   *
   * @param folder as the person named it: messages name files the same way
   * @throws ProblemsException with all mistakes of all files, in order of files and lines
   */
  public static ContractSet load(Path folder) throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    List<Contract> contracts = load(folder, problems);
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new ContractSet(contracts);
  }

  /**
   * The same, for who has more to say of contracts that are not sound.
   *
   * @param problems where the mistakes are added
   * @return those that could be read, in order of their files; what is wrong in one is null
   */
  public static List<Contract> load(Path folder, List<Problem> problems) {
    return new ContractLoader(problems).loadAll(folder);
  }

  private List<Contract> loadAll(Path folder) {
    DocumentFiles.Listing listing = DocumentFiles.list(folder, ContractLoader::isContract);
    problems.addAll(listing.problems());
    if (listing.files().isEmpty() && listing.problems().isEmpty()) {
      problems.add(
          new Problem(
              folder.toString(),
              0,
              null,
              "holds no contract; expected .yaml, .yml or .json files"));
    }
    List<Contract> contracts = new ArrayList<>();
    for (DocumentFiles.Found file : listing.files()) {
      loadOne(file.path()).ifPresent(contracts::add);
    }
    return contracts;
  }

  private Optional<Contract> loadOne(Path file) {
    try {
      Document source = DocumentReader.read(file, file.toString());
      ProblemList found = new ProblemList(source);
      if (!source.root().isObject()) {
        found.add("", "expected a contract: a map with id, version, application and evaluate");
        problems.addAll(found.problems());
        return Optional.empty();
      }
      Contract contract = new ContractHeader(source, found).read();
      if (DEFAULT_POLICY.equals(contract.policy())) {
        new ConstraintRules(source, found).check(); // first: it says more of a condition's value
        ContractSchema.V0_3.check(source, found);
      }
      checkUnique(contract.id(), source, found);
      found.problems().stream().sorted(comparingInt(Problem::line)).forEach(problems::add);
      return Optional.of(contract);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private void checkUnique(String id, Document source, ProblemList found) {
    String here = source.file() + ":" + source.line("/id");
    String first = id == null ? null : firstOfId.putIfAbsent(id, here);
    if (first != null) {
      found.add("/id", "is " + id + ", as in " + first + "; give each contract an id of its own");
    }
  }

  private static boolean isContract(String name) {
    return DocumentFiles.hasExtension(name, ".yaml", ".yml", ".json");
  }
}
