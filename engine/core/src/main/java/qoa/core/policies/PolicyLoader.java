package qoa.core.policies;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import qoa.core.documents.DocumentFiles;
import qoa.core.documents.DocumentReader;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.policies.OpaCompiler.Failure;

/**
 * Reads and compiles all policies of a folder. Each file is Rego v1, or v0 where it is only that; a
 * v0 file is rewritten. All work is done in a folder of its own under plain names, {@code 0.rego}
 * and so on, so that no name of the user's can mean anything to OPA. The policies that ship were
 * compiled beforehand: they need no OPA.
 */
public final class PolicyLoader {

  private static final String V1 = "v1";
  private static final String V0 = "v0";
  private static final String MIXED = "mixed";

  /** What OPA says of v0 rules that are sound but for the keywords that v1 asks for. */
  private static final String V0_STYLE = "keyword is required";

  /** A plain one: names in brackets can be written in more than one way. */
  private static final Pattern PACKAGE = Pattern.compile("package\\s+([\\w.]+)\\s*([;#].*)?");

  /** What all runs of OPA may take together: some hundred times what they mostly take. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path folder;
  private final List<PolicyFile> files;
  private final Path work;
  private final OpaCompiler opa;
  private final Set<Integer> rewritten = new TreeSet<>();

  /**
   * @param name as messages name it
   * @param path below the folder, with {@code /}
   */
  private record PolicyFile(String name, String path, String text) {}

  private PolicyLoader(Path folder, List<PolicyFile> files, Path work, OpaCompiler opa) {
    this.folder = folder;
    this.files = files;
    this.work = work;
    this.opa = opa;
  }

  /**
   * Reads every {@code .rego} file in the folder and those below but {@code _test.rego}.
   *
   * @param folder as the person named it: messages name files the same way
   * @throws ProblemsException with all mistakes that OPA finds in one go, in order of files and
   *     lines; or where OPA is needed, and there is none
   */
  public static PolicySet load(Path folder) throws ProblemsException {
    List<PolicyFile> files = read(folder);
    Map<String, String> texts = files.stream().collect(toMap(PolicyFile::path, PolicyFile::text));
    Optional<PolicySet> shipped = PolicyBundle.shipped().flatMap(bundle -> bundle.policies(texts));
    if (files.isEmpty() || shipped.isPresent()) {
      return shipped.orElse(new PolicySet(List.of()));
    }
    return load(folder, files, OpaBinary.locate(), LIMIT);
  }

  /** The same with a given OPA, which is asked whatever is known already. */
  public static PolicySet load(Path folder, OpaBinary binary) throws ProblemsException {
    return load(folder, binary, LIMIT);
  }

  static PolicySet load(Path folder, OpaBinary binary, Duration limit) throws ProblemsException {
    return load(folder, read(folder), binary, limit);
  }

  /**
   * The packages that the files of a folder say they are of, whatever is wrong with them; empty
   * where the folder or one of its files does not tell.
   */
  public static Optional<SortedSet<String>> packages(Path folder) {
    SortedSet<String> packages = new TreeSet<>();
    try {
      for (PolicyFile file : read(folder)) {
        Matcher first = PACKAGE.matcher(firstLine(file.text()));
        if (!first.matches()) {
          return Optional.empty();
        }
        packages.add(first.group(1));
      }
    } catch (ProblemsException e) {
      return Optional.empty();
    }
    return Optional.of(packages);
  }

  /** The first line of code; Rego has its package there. */
  private static String firstLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .orElse("");
  }

  private static PolicySet load(
      Path folder, List<PolicyFile> files, OpaBinary binary, Duration limit)
      throws ProblemsException {
    try {
      Path work = Files.createTempDirectory("qoa-policies");
      try {
        String about = files.size() == 1 ? files.get(0).name() : folder.toString();
        OpaCompiler opa = new OpaCompiler(binary, work, limit, about);
        return new PolicyLoader(folder, files, work, opa).compile();
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw failed(folder.toString(), "could not be compiled: " + e.getMessage());
    }
  }

  private PolicySet compile() throws ProblemsException, IOException {
    Files.createDirectories(work.resolve(V0));
    Files.createDirectories(work.resolve(V1));
    for (int i = 0; i < files.size(); i++) {
      Files.writeString(at(V1, i), files.get(i).text());
    }
    List<Failure> failures = opa.compile(V1);
    if (failures.stream().anyMatch(Failure::isSyntax)) {
      rewriteV0(failures);
      failures = opa.compile(V1);
    }
    if (!failures.isEmpty()) {
      throw problems(rewritten.isEmpty() ? failures : asWritten(failures));
    }
    return modules();
  }

  /**
   * The same failures at their places in the files as their authors wrote them: rewriting moves
   * lines. What OPA refuses only once it is rewritten keeps its file and loses its line.
   */
  private List<Failure> asWritten(List<Failure> failures) throws ProblemsException, IOException {
    Files.createDirectories(work.resolve(MIXED));
    List<String> v0 = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Files.writeString(at(MIXED, i), files.get(i).text());
      if (rewritten.contains(i)) {
        v0.add(i + ".rego");
      }
    }
    List<Failure> found = opa.compileMixed(MIXED, v0);
    return found.isEmpty() ? failures.stream().map(this::withoutLine).toList() : found;
  }

  private Failure withoutLine(Failure failure) {
    return rewritten.contains(index(failure))
        ? new Failure(
            failure.file(),
            0,
            0,
            failure.code(),
            failure.message() + " (in what OPA makes of it in Rego v1)")
        : failure;
  }

  /** Rewrites what is v0; the files that are neither are the mistakes. */
  private void rewriteV0(List<Failure> asV1) throws ProblemsException, IOException {
    Set<Integer> candidates = indexes(asV1);
    for (int i : candidates) {
      Files.copy(at(V1, i), at(V0, i));
    }
    List<Failure> asV0 = opa.parseV0(V0);
    Set<Integer> neither = indexes(asV0);
    if (!neither.isEmpty()) {
      throw problems(neither.stream().flatMap(i -> plainer(of(i, asV1), of(i, asV0))).toList());
    }
    List<Failure> failures = opa.rewrite(V0);
    if (!failures.isEmpty()) {
      throw problems(failures);
    }
    for (int i : candidates) {
      Files.writeString(at(V1, i), Files.readString(at(V0, i)));
    }
    rewritten.addAll(candidates);
  }

  /** Of a file that is neither, the errors in the language that it was meant to be. */
  private static Stream<Failure> plainer(List<Failure> asV1, List<Failure> asV0) {
    return asV1.stream().anyMatch(failure -> failure.message().contains(V0_STYLE))
        ? asV0.stream()
        : asV1.stream();
  }

  private PolicySet modules() throws ProblemsException, IOException {
    Map<String, String> packages = opa.packages(V1);
    List<PolicyModule> modules = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String name = packages.getOrDefault(V1 + "/" + i + ".rego", "");
      if (name.equals("system") || name.startsWith("system.")) {
        String message = "package " + name + " is OPA's own; choose another";
        problems.add(new Problem(files.get(i).name(), 0, null, message));
      }
      String source = Files.readString(at(V1, i));
      modules.add(new PolicyModule(files.get(i).path(), name, source, rewritten.contains(i)));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new PolicySet(modules);
  }

  private ProblemsException problems(List<Failure> failures) {
    Map<List<Object>, Problem> problems = new LinkedHashMap<>();
    List<Failure> ordered = new ArrayList<>(failures);
    ordered.sort(
        Comparator.comparing((Failure failure) -> index(failure) < 0)
            .thenComparingInt(PolicyLoader::index)
            .thenComparingInt(Failure::line));
    for (Failure failure : ordered) {
      Problem problem = problem(failure);
      // One line that says the same twice is one thing to mend.
      problems.putIfAbsent(List.of(problem.file(), problem.line(), problem.message()), problem);
    }
    return new ProblemsException(List.copyOf(problems.values()));
  }

  private Problem problem(Failure failure) {
    int i = index(failure);
    String message = ForbiddenBuiltins.explain(failure.message());
    return i < 0
        ? new Problem(folder.toString(), 0, null, message)
        : new Problem(files.get(i).name(), failure.line(), failure.column(), null, message);
  }

  private static List<Failure> of(int index, List<Failure> failures) {
    return failures.stream().filter(failure -> index(failure) == index).toList();
  }

  private static Set<Integer> indexes(List<Failure> failures) {
    return failures.stream().map(PolicyLoader::index).filter(i -> i >= 0).collect(toSet());
  }

  /** The index of the file that OPA names; -1 where it names none. */
  private static int index(Failure failure) {
    String name = failure.file().replaceFirst(".*/", "").replaceFirst("\\.rego$", "");
    return name.isEmpty() ? -1 : Integer.parseInt(name);
  }

  private Path at(String version, int index) {
    return work.resolve(version).resolve(index + ".rego");
  }

  /** Every policy; or every file that cannot be read, or that OPA would load and we do not. */
  private static List<PolicyFile> read(Path folder) throws ProblemsException {
    DocumentFiles.Listing listing = DocumentFiles.list(folder, PolicyLoader::isOfPolicies);
    List<Problem> problems = new ArrayList<>(listing.problems());
    List<PolicyFile> files = new ArrayList<>();
    for (DocumentFiles.Found file : listing.files()) {
      String name = file.path().toString();
      try {
        if (isData(file.path().getFileName().toString())) {
          problems.add(dataIsNotRead(name, file.name()));
        } else {
          files.add(new PolicyFile(name, file.name(), DocumentReader.text(file.path(), name)));
        }
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return files;
  }

  private static boolean isOfPolicies(String name) {
    return isData(name)
        || (DocumentFiles.hasExtension(name, ".rego")
            && !DocumentFiles.hasExtension(name, "_test.rego"));
  }

  /** What OPA loads from a bundle, beside its policies. */
  private static boolean isData(String name) {
    return name.equals("data.json") || name.equals("data.yaml") || name.equals("data.yml");
  }

  private static Problem dataIsNotRead(String name, String path) {
    int end = path.lastIndexOf('/');
    String where = end < 0 ? "data" : "data." + path.substring(0, end).replace('/', '.');
    String message =
        "is not loaded as %s, as OPA would: policies get no data but data.contracts; write it as"
            + " rules in a .rego file, or into the contracts, and remove it";
    return new Problem(name, 0, null, message.formatted(where));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static ProblemsException failed(String file, String message) {
    return new ProblemsException(List.of(new Problem(file, 0, null, message)));
  }
}
