package qoa.core.evaluate.plan;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.policies.OpaBinary;
import qoa.core.policies.PolicyBundle;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;
import qoa.rego.BundleArchive;
import qoa.rego.Profile;

/** Has OPA compile policies to a plan, and say which keys of the input they can look at. */
final class OpaBuild implements AutoCloseable {

  /** What each run may take: some hundred times what it mostly takes. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int SHOWN = 500;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAPABILITIES = "capabilities.json";
  private static final String ANALYSIS = "analysis.rego";
  private static final String ENTRY = "entry.rego";
  private static final String MODULES = "modules/";
  private static final String UNDEFINED = "undefined function ";
  private static final String NO_BUILTIN =
      " is no builtin of the evaluator plan; the evaluators opa and plan-or-opa have it";

  private final OpaBinary opa;
  private final Path folder;

  private OpaBuild(OpaBinary opa) throws IOException {
    this.opa = opa;
    this.folder = Files.createTempDirectory("qoa-plan-");
  }

  /** The entrypoint that answers for a package. */
  static String entrypoint(int index) {
    return "qoa_engine/plan/answer_" + index;
  }

  /**
   * What OPA makes of policies, with an entrypoint for each package, in order: three arrays, empty
   * or with the value of {@code violation}, {@code undetermined} and {@code met}. Those that ship
   * were compiled beforehand; for others OPA is run.
   *
   * @throws ProblemsException where a policy needs a builtin that the profile leaves out; or where
   *     OPA is needed, and cannot be had
   */
  static PolicyBundle bundle(PolicySet policies) throws ProblemsException {
    Map<String, String> compiler = compiler(List.copyOf(policies.packages()));
    Optional<PolicyBundle> shipped =
        PolicyBundle.shipped().filter(bundle -> bundle.isOf(policies, compiler));
    return shipped.isPresent() ? shipped.get() : bundle(policies, OpaBinary.locate());
  }

  /** The same, always made anew. */
  static PolicyBundle bundle(PolicySet policies, OpaBinary opa) throws ProblemsException {
    Map<String, String> compiler = compiler(List.copyOf(policies.packages()));
    try (OpaBuild build = new OpaBuild(opa)) {
      build.write(policies, compiler);
      return new PolicyBundle(
          PolicyBundle.digest(policies.sources()),
          PolicyBundle.digest(compiler),
          packages(policies),
          build.analyse(policies, "visible"),
          build.plan(policies));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile policies in a temporary folder", e);
    }
  }

  /** What decides how policies are compiled, beside themselves and OPA, as files by name. */
  private static Map<String, String> compiler(List<String> packages) {
    return Map.of(
        CAPABILITIES, text(Profile.capabilities()),
        ANALYSIS, text(OpaBuild.class.getResourceAsStream("/qoa/core/evaluate/opa/analysis.rego")),
        ENTRY, entryModule(packages));
  }

  private static Map<String, String> packages(PolicySet policies) {
    Map<String, String> packages = new TreeMap<>();
    policies.modules().forEach(module -> packages.put(module.path(), module.packageName()));
    return packages;
  }

  private void write(PolicySet policies, Map<String, String> compiler) throws IOException {
    for (PolicyModule module : policies.modules()) {
      Path file = folder.resolve(MODULES).resolve(module.path());
      Files.createDirectories(file.getParent());
      Files.writeString(file, module.source());
    }
    for (Map.Entry<String, String> file : compiler.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private JsonNode plan(PolicySet policies) throws ProblemsException, IOException {
    List<String> command = new ArrayList<>(List.of("build", "-t", "plan"));
    for (int i = 0; i < policies.packages().size(); i++) {
      command.addAll(List.of("-e", entrypoint(i)));
    }
    command.addAll(List.of("--capabilities", CAPABILITIES, "-o", "bundle.tar.gz", MODULES, ENTRY));
    OpaBinary.Result result = opa.run(folder, LIMIT, "policies", command);
    if (result.exitCode() != 0) {
      List<Problem> problems = refusals(policies);
      String printed = (result.output() + result.errors()).strip(); // it uses both
      throw new ProblemsException(
          problems.isEmpty() ? List.of(new Problem("policies", 0, null, printed)) : problems);
    }
    return JSON.readTree(BundleArchive.read(folder.resolve("bundle.tar.gz"), "plan.json"));
  }

  private static String entryModule(List<String> packages) {
    StringBuilder text = new StringBuilder("package qoa_engine.plan\n");
    for (int i = 0; i < packages.size(); i++) {
      text.append(
          """

          answer_%1$d := [
          	[value | value := data.%2$s.violation],
          	[value | value := data.%2$s.undetermined],
          	[value | value := data.%2$s.met],
          ]
          """
              .formatted(i, packages.get(i)));
    }
    return text.toString();
  }

  /** A message with the files as their author knows them. */
  static String authorsPlaces(String message) {
    return message.replace(MODULES, "");
  }

  /**
   * What is left of policies without the packages that need, themselves or in others, a builtin
   * that the profile leaves out.
   */
  static PolicySet withinProfile(PolicySet policies) throws ProblemsException {
    try (OpaBuild build = new OpaBuild(OpaBinary.locate())) {
      build.write(policies, compiler(List.of()));
      Set<String> files = new HashSet<>();
      for (Problem problem : build.refusals(policies)) {
        if (problem.message().endsWith(NO_BUILTIN)) {
          files.add(problem.file());
        }
      }
      Set<String> beyond = new HashSet<>();
      for (PolicyModule module : policies.modules()) {
        if (files.contains(module.path())) {
          beyond.add(module.packageName());
        }
      }
      JsonNode needs = build.analyse(policies, "needs");
      return policies.ofPackages(
          name ->
              StreamSupport.stream(needs.path(name).spliterator(), false)
                  .noneMatch(needed -> beyond.contains(needed.asText())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile policies in a temporary folder", e);
    }
  }

  /** What OPA refuses where it has only the builtins of the profile. */
  private List<Problem> refusals(PolicySet policies) throws ProblemsException, IOException {
    OpaBinary.Result result =
        opa.run(
            folder,
            LIMIT,
            "check",
            "--format",
            "json",
            "--max-errors",
            "1000",
            "--capabilities",
            CAPABILITIES,
            MODULES);
    Set<String> rewritten =
        policies.modules().stream()
            .filter(PolicyModule::rewritten)
            .map(PolicyModule::path)
            .collect(toSet());
    List<Problem> problems = new ArrayList<>();
    for (JsonNode error : json(result, result.errors()).path("errors")) {
      JsonNode place = error.path("location");
      String file = place.path("file").asText().replaceFirst("^" + MODULES, "");
      int line = rewritten.contains(file) ? 0 : place.path("row").asInt(); // its author's, or none
      problems.add(new Problem(file, line, null, explain(error.path("message").asText())));
    }
    return problems;
  }

  private static String explain(String message) {
    return message.startsWith(UNDEFINED)
        ? message.substring(UNDEFINED.length()) + NO_BUILTIN
        : message;
  }

  /** What {@code analysis.rego} says of each package. */
  private JsonNode analyse(PolicySet policies, String what) throws ProblemsException, IOException {
    ObjectNode input = JSON.createObjectNode();
    ArrayNode modules = input.putArray("modules");
    for (PolicyModule module : policies.modules()) {
      modules.addObject().put("package", module.packageName()).put("source", module.source());
    }
    Files.writeString(folder.resolve("input.json"), input.toString());
    OpaBinary.Result result =
        opa.run(
            folder,
            LIMIT,
            "eval",
            "-f",
            "json",
            "-d",
            ANALYSIS,
            "-i",
            "input.json",
            "data.qoa_engine.analysis." + what);
    JsonNode value = json(result, result.output()).at("/result/0/expressions/0/value");
    if (value.isMissingNode()) {
      throw unreadable(result);
    }
    return value;
  }

  private static JsonNode json(OpaBinary.Result result, String text) throws ProblemsException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable(result);
    }
  }

  private static ProblemsException unreadable(OpaBinary.Result result) {
    String printed = (result.output() + result.errors()).strip();
    String shown = printed.length() <= SHOWN ? printed : printed.substring(0, SHOWN) + "…";
    String message = "opa ended with exit code %d: %s".formatted(result.exitCode(), shown);
    return new ProblemsException(List.of(new Problem("policies", 0, null, message)));
  }

  private static String text(InputStream resource) {
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a file is missing that is part of the engine", e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
