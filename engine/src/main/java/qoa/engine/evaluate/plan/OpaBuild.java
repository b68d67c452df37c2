package qoa.engine.evaluate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;
import qoa.engine.policies.OpaBinary;
import qoa.engine.policies.PolicyBundle;
import qoa.engine.policies.PolicyModule;
import qoa.engine.policies.PolicySet;

/** Has OPA compile policies to a plan, and say which keys of the input they can look at. */
final class OpaBuild implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAPABILITIES = "capabilities.json";
  private static final String ANALYSIS = "analysis.rego";
  private static final String ENTRY = "entry.rego";
  private static final String MODULES = "modules/";
  private static final int TAR_BLOCK = 512;

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
          build.visible(policies),
          build.plan(policies.packages().size()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile policies in a temporary folder", e);
    }
  }

  /** What decides how policies are compiled, beside themselves and OPA, as files by name. */
  private static Map<String, String> compiler(List<String> packages) {
    return Map.of(
        CAPABILITIES, resource("capabilities.json"),
        ANALYSIS, resource("/qoa/engine/evaluate/opa/analysis.rego"),
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

  private JsonNode plan(int packages) throws ProblemsException, IOException {
    List<String> command = new ArrayList<>(List.of("build", "-t", "plan"));
    for (int i = 0; i < packages; i++) {
      command.addAll(List.of("-e", entrypoint(i)));
    }
    command.addAll(List.of("--capabilities", CAPABILITIES, "-o", "bundle.tar.gz", MODULES, ENTRY));
    OpaBinary.Result result = opa.run(folder, LIMIT, command.toArray(String[]::new));
    if (result.exitCode() != 0) {
      throw new ProblemsException(problems(result.output() + result.errors())); // it uses both
    }
    return JSON.readTree(entry(folder.resolve("bundle.tar.gz"), "plan.json"));
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

  /** OPA writes {@code modules/a.rego:3: code: what}, a line each. */
  private static List<Problem> problems(String errors) {
    List<Problem> problems = new ArrayList<>();
    for (String line : errors.split("\n", -1)) {
      int at = line.indexOf(MODULES);
      if (at >= 0) {
        String[] parts = line.substring(at + MODULES.length()).split(":", 3);
        boolean located = parts.length == 3 && parts[1].matches("\\d+");
        problems.add(
            new Problem(
                parts[0],
                located ? Integer.parseInt(parts[1]) : 0,
                null,
                parts[parts.length - 1].strip() + "; the evaluator opa may have it"));
      }
    }
    return problems.isEmpty()
        ? List.of(new Problem("policies", 0, null, errors.strip()))
        : problems;
  }

  /** For each package the keys of the input that it can look at; {@code *} stands for all. */
  private JsonNode visible(PolicySet policies) throws ProblemsException, IOException {
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
            "data.qoa_engine.analysis.visible");
    return JSON.readTree(result.output()).at("/result/0/expressions/0/value");
  }

  private static String resource(String name) {
    try (InputStream in = OpaBuild.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is part of the engine", e);
    }
  }

  /** The content of one file of a bundle, which is a tar archive, compressed. */
  private static byte[] entry(Path bundle, String name) throws IOException {
    try (DataInputStream tar =
        new DataInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(bundle))))) {
      byte[] header = new byte[TAR_BLOCK];
      while (true) {
        tar.readFully(header);
        String file = text(header, 0, 100);
        if (file.isEmpty()) {
          throw new IOException("no " + name + " in what OPA built");
        }
        int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
        byte[] content = new byte[size];
        tar.readFully(content);
        tar.skipNBytes((TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
        if (file.equals(name) || file.equals("/" + name)) {
          return content;
        }
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.US_ASCII);
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
