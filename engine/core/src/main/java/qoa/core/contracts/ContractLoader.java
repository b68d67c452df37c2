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

/** Reads and checks all contracts in a folder, or one file. */
public final class ContractLoader {

  /** The generic policy that ships. Only its contracts must follow the QoA4ML schema. */
  public static final String DEFAULT_POLICY = "qoa.contract";

  private final List<Problem> problems;
  private final Map<String, String> firstOfId = new HashMap<>();

  private ContractLoader(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * Reads every {@code .yaml}, {@code .yml} and {@code .json} file in the folder and its
   * subfolders, or one file of any name.
   *
   * @param folder the path as the user wrote it; messages name files relative to it
   * @throws ProblemsException with all mistakes in all files, in order of files and lines
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
   * Reads contracts as {@link #load(Path)}, for callers that check contracts further even if they
   * have mistakes.
   *
   * @param problems the mistakes are added to this list
   * @return the contracts that could be read, in order of their files. A part of a contract that
   *     has a mistake is null
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
              "contains no contracts; expected .yaml, .yml or .json files"));
    }
    List<Contract> contracts = new ArrayList<>();
    for (DocumentFiles.Found file : listing.files()) {
      loadOne(file.path()).ifPresent(contracts::add);
    }
    return contracts;
  }

  private Optional<Contract> loadOne(Path file) {
    try {
      Document document = DocumentReader.read(file, file.toString());
      ProblemList found = new ProblemList(document);
      if (!document.root().isObject()) {
        found.add("", "expected a contract: a map with id, version, application and evaluate");
        problems.addAll(found.problems());
        return Optional.empty();
      }
      Contract contract = new ContractHeader(document, found).read();
      if (DEFAULT_POLICY.equals(contract.policy())) {
        new ConstraintRules(document, found).check(); // before the schema: its messages say more
        ContractSchema.V0_3.check(document, found);
      }
      checkUnique(contract.id(), document, found);
      found.problems().stream().sorted(comparingInt(Problem::line)).forEach(problems::add);
      return Optional.of(contract);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private void checkUnique(String id, Document document, ProblemList found) {
    String here = document.file() + ":" + document.line("/id");
    String first = id == null ? null : firstOfId.putIfAbsent(id, here);
    if (first != null) {
      found.add("/id", id + " is the id of " + first + " too; give each contract its own id");
    }
  }

  private static boolean isContract(String name) {
    return DocumentFiles.hasExtension(name, ".yaml", ".yml", ".json");
  }
}
