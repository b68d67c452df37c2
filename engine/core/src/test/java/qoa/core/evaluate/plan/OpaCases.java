package qoa.core.evaluate.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qoa.core.documents.ProblemsException;
import qoa.core.policies.OpaBinary;
import qoa.rego.BundleArchive;
import qoa.rego.ComplianceCases;

/**
 * The cases that OPA is tested with itself, in the source of the pinned version, and how the OPA
 * binary makes plans of them: the query becomes the body of a rule, whose value is the set of its
 * bindings.
 */
final class OpaCases {

  /** The folder to take the cases from. */
  static final String FOLDER_PROPERTY = "qoa.opa.cases";

  static final String ENTRYPOINT = "qoa_conformance/answers";

  private static final Path IN_MODULE =
      Path.of(
          "github.com",
          "open-policy-agent",
          "opa@v1.19.1",
          "v1",
          "test",
          "cases",
          "testdata",
          "v1");

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
          .build();

  private OpaCases() {}

  /** Where the cases are: where the property says, or where Go keeps the source of modules. */
  static Optional<Path> folder() {
    String given = System.getProperty(FOLDER_PROPERTY);
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    Path modules = Path.of(System.getProperty("user.home"), "go", "pkg", "mod");
    return Optional.of(modules.resolve(IN_MODULE)).filter(Files::isDirectory);
  }

  /**
   * All cases below a folder, in the order of their files' names; notes that stand twice get
   * numbers.
   */
  static List<JsonNode> read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    List<JsonNode> cases = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Path file : files) {
      for (JsonNode test : YAML.readTree(file.toFile()).path("cases")) {
        String note = test.path("note").asText();
        int times = seen.merge(note, 1, Integer::sum);
        cases.add(times == 1 ? test : ((ObjectNode) test).put("note", note + " #" + times));
      }
    }
    return cases;
  }

  /** The plan of a case, or nothing where OPA does not compile it. */
  static Optional<JsonNode> plan(OpaBinary opa, JsonNode test)
      throws IOException, ProblemsException {
    Path folder = Files.createTempDirectory("qoa-case-");
    try {
      Path modules = Files.createDirectory(folder.resolve("modules"));
      int number = 0;
      for (JsonNode module : test.path("modules")) {
        Files.writeString(modules.resolve(number++ + ".rego"), module.asText());
      }
      Files.writeString(modules.resolve("answers.rego"), answers(test));
      OpaBinary.Result result =
          opa.run(
              folder,
              Duration.ofMinutes(1),
              "build",
              "-t",
              "plan",
              "-e",
              ENTRYPOINT,
              "-o",
              "bundle.tar.gz",
              "modules");
      return result.exitCode() == 0
          ? Optional.of(
              ComplianceCases.JSON.readTree(
                  BundleArchive.read(folder.resolve("bundle.tar.gz"), "plan.json")))
          : Optional.empty();
    } finally {
      delete(folder);
    }
  }

  private static String answers(JsonNode test) {
    TreeSet<String> names = new TreeSet<>();
    test.path("want_result").forEach(row -> row.fieldNames().forEachRemaining(names::add));
    String bindings =
        names.stream()
            .map(name -> "\"" + name + "\": " + name)
            .collect(Collectors.joining(", ", "{", "}"));
    return "package qoa_conformance\n\nanswers contains %s if {\n\t%s\n}\n"
        .formatted(bindings, test.path("query").asText());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
