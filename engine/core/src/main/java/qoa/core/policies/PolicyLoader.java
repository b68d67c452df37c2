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
 * Reads and compiles all policies in a folder. A file is Rego v1; if it is valid only as v0, it is
 * rewritten to v1. OPA works on copies in a temporary folder, named {@code 0.rego} and so on, so
 * that no file name has a meaning for OPA. The policies that ship are compiled already and need no
 * OPA.
 */
public final class PolicyLoader {

  private static final String V1 = "v1";
  private static final String V0 = "v0";
  private static final String MIXED = "mixed";

  /** Part of OPA's message about valid v0 rules that lack the keywords of v1. */
  private static final String V0_STYLE = "keyword is required";

  /** A package without brackets. Names in brackets can be written in several ways. */
  private static final Pattern PACKAGE = Pattern.compile("package\\s+([\\w.]+)\\s*([;#].*)?");

  /** Limit of all runs of OPA together, about a hundred times what they usually take. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path folder;
  private final List<PolicyFile> files;
  private final Path work;
  private final OpaCompiler opa;
  private final Set<Integer> rewritten = new TreeSet<>();

  /**
   * @param name the name of the file in messages
   * @param path relative to the folder, with {@code /}
   */
  private record PolicyFile(String name, String path, String text) {}

  private PolicyLoader(Path folder, List<PolicyFile> files, Path work, OpaCompiler opa) {
    this.folder = folder;
    this.files = files;
    this.work = work;
    this.opa = opa;
  }

  /**
   * Reads every {@code .rego} file in the folder and its subfolders, except {@code _test.rego}.
   *
   * @param folder the path as the user wrote it; messages name files relative to it
   * @throws ProblemsException with all mistakes that one run of OPA finds, in order of files and
   *     lines; also if OPA is needed and not found
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

  /** Reads policies and always compiles them with the given OPA. */
  public static PolicySet load(Path folder, OpaBinary binary) throws ProblemsException {
    return load(folder, binary, LIMIT);
  }

  static PolicySet load(Path folder, OpaBinary binary, Duration limit) throws ProblemsException {
    return load(folder, read(folder), binary, limit);
  }

  /**
   * The packages that the files of a folder declare, whether they compile or not; empty if a file
   * cannot be read or declares no package in its first line of code.
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

  /** The first line of code, which declares the package. */
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
   * The failures with their lines in the files as written, because rewriting moves lines. A failure
   * that OPA finds only in the rewritten file has no line.
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
            failure.message() + " (in the file as OPA rewrote it to Rego v1)")
        : failure;
  }

  /** Rewrites the v0 files. Files that are neither v0 nor v1 are mistakes. */
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

  /** The errors of a file that is neither, in the version that was probably meant. */
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
        String message = "package " + name + " is reserved for OPA; choose another";
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
      // The same message twice about one line is one mistake.
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

  /** The index of the file that OPA names; -1 if it names none. */
  private static int index(Failure failure) {
    String name = failure.file().replaceFirst(".*/", "").replaceFirst("\\.rego$", "");
    return name.isEmpty() ? -1 : Integer.parseInt(name);
  }

  private Path at(String version, int index) {
    return work.resolve(version).resolve(index + ".rego");
  }

  /** Reads every policy. Fails with each file that cannot be read, and each data file. */
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

  /** Data files, which OPA would load from a bundle. */
  private static boolean isData(String name) {
    return name.equals("data.json") || name.equals("data.yaml") || name.equals("data.yml");
  }

  private static Problem dataIsNotRead(String name, String path) {
    int end = path.lastIndexOf('/');
    String where = end < 0 ? "data" : "data." + path.substring(0, end).replace('/', '.');
    String message =
        "is not loaded as %s, which OPA would do: policies have no data except data.contracts;"
            + " write it as rules in a .rego file or into the contracts, and remove this file";
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
