package qoa.core.policies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/** Runs {@code opa} on subfolders of one working folder. Used by one thread. */
final class OpaCompiler {

  /**
   * An error that OPA found.
   *
   * @param file the path in OPA's output; empty if there is none
   * @param line counted from 1; 0 if unknown
   * @param column counted from 1; 0 if unknown
   * @param code such as {@code rego_parse_error}
   * @param message OPA's message
   */
  record Failure(String file, int line, int column, String code, String message) {

    boolean isSyntax() {
      return code.equals(SYNTAX);
    }
  }

  private static final int SHOWN = 500;
  private static final String MAX_ERRORS = "100";
  private static final Duration TREE_LIMIT = Duration.ofSeconds(5);
  private static final String LIMIT_REACHED = "error limit reached";
  private static final String SYNTAX = "rego_parse_error";
  private static final String CAPABILITIES = "capabilities.json";
  private static final Pattern FORMATTER_ERROR =
      Pattern.compile("(?m)(\\S+\\.rego):(\\d+): (rego_\\w+): (.*)$");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OpaBinary opa;
  private final Path folder;
  private final String about;
  private final long deadline;

  /**
   * @param folder the working folder
   * @param limit wall-clock time of all runs together
   * @param about the subject of the message if OPA takes too long
   */
  OpaCompiler(OpaBinary opa, Path folder, Duration limit, String about)
      throws ProblemsException, IOException {
    this.opa = opa;
    this.deadline = System.nanoTime() + limit.toNanos();
    this.folder = folder;
    this.about = about;
    String capabilities = run("capabilities", "--current").output();
    Files.writeString(folder.resolve(CAPABILITIES), ForbiddenBuiltins.without(capabilities));
  }

  /** Compiles the files of a folder together, as Rego v1 and without forbidden builtins. */
  List<Failure> compile(String name) throws ProblemsException {
    return failures(
        run(
            "check",
            "--format",
            "json",
            "--max-errors",
            MAX_ERRORS,
            "--capabilities",
            CAPABILITIES,
            name));
  }

  /**
   * Compiles the files of a folder of which some are Rego v0. OPA compiles a mixture only as a
   * bundle.
   *
   * @param v0 the paths of the v0 files, relative to the folder
   */
  List<Failure> compileMixed(String name, Collection<String> v0)
      throws ProblemsException, IOException {
    ObjectNode manifest = MAPPER.createObjectNode().put("rego_version", 1);
    manifest.putArray("roots").add("");
    ObjectNode versions = manifest.putObject("file_rego_versions");
    v0.forEach(file -> versions.put("/" + file, 0));
    Files.writeString(folder.resolve(name).resolve(".manifest"), manifest.toString());
    return failures(
        run(
            "check",
            "--bundle",
            "--format",
            "json",
            "--max-errors",
            MAX_ERRORS,
            "--capabilities",
            CAPABILITIES,
            name));
  }

  /** The syntax errors of the files of a folder, read as Rego v0. */
  List<Failure> parseV0(String name) throws ProblemsException {
    return failures(run("check", "--v0-compatible", "--format", "json", name)).stream()
        .filter(Failure::isSyntax)
        .toList();
  }

  /**
   * Rewrites the v0 files of a folder to v1. Returns the errors of the files that OPA could not
   * rewrite.
   */
  List<Failure> rewrite(String name) throws ProblemsException {
    OpaBinary.Result result = run("fmt", "--v0-v1", "--write", name);
    if (result.exitCode() == 0) {
      return List.of();
    }
    List<Failure> failures = new ArrayList<>();
    Matcher matcher = FORMATTER_ERROR.matcher(result.errors());
    while (matcher.find()) {
      int line = Integer.parseInt(matcher.group(2));
      failures.add(new Failure(matcher.group(1), line, 0, matcher.group(3), matcher.group(4)));
    }
    return failures.isEmpty() ? List.of(unknown(result)) : failures;
  }

  /** The packages of the files of a folder, without {@code data.}, by the path in OPA's output. */
  Map<String, String> packages(String name) throws ProblemsException {
    Map<String, String> packages = new HashMap<>();
    JsonNode namespaces = json(run("inspect", "--format", "json", name)).path("namespaces");
    for (Map.Entry<String, JsonNode> entry : namespaces.properties()) {
      String packageName = entry.getKey().replaceFirst("^data\\.?", "");
      entry.getValue().forEach(file -> packages.put(file.asText(), packageName));
    }
    return packages;
  }

  /**
   * The syntax tree of one file, with locations.
   *
   * @throws ProblemsException if it is too large or OPA takes too long
   */
  static JsonNode tree(OpaBinary opa, Path file, boolean v0) throws ProblemsException {
    Path path = file.toAbsolutePath(); // so that no file name looks like an option
    return json(
        opa.run(
            path.getParent(),
            TREE_LIMIT,
            file.toString(),
            List.of(
                "parse",
                "--format",
                "json",
                "--json-include",
                "locations,-comments",
                v0 ? "--v0-compatible" : "--v0-compatible=false",
                path.toString())));
  }

  private List<Failure> failures(OpaBinary.Result result) throws ProblemsException {
    if (result.exitCode() == 0) {
      return List.of();
    }
    List<Failure> failures = new ArrayList<>();
    Set<String> unread = new HashSet<>();
    String text = result.errors().isBlank() ? result.output() : result.errors();
    for (JsonNode error : json(new OpaBinary.Result(0, text, "")).path("errors")) {
      JsonNode location = error.path("location");
      String file = location.path("file").asText();
      if (stopsReading(error) && !unread.add(file)) {
        continue;
      }
      failures.add(
          new Failure(
              file,
              location.path("row").asInt(),
              location.path("col").asInt(),
              error.path("code").asText(),
              message(error)));
    }
    return failures.isEmpty() ? List.of(unknown(result)) : failures;
  }

  /**
   * Whether OPA stopped reading the file at this error. OPA stops at the first text that it cannot
   * parse, and further errors of that kind are about the same text. Only these errors have details.
   */
  private static boolean stopsReading(JsonNode error) {
    return error.path("code").asText().equals(SYNTAX) && error.hasNonNull("details");
  }

  private static String message(JsonNode error) {
    String message = error.path("message").asText();
    return message.equals(LIMIT_REACHED)
        ? "has more than " + MAX_ERRORS + " mistakes; correct the listed ones first"
        : message;
  }

  private OpaBinary.Result run(String... arguments) throws ProblemsException {
    long left = Math.max(1, deadline - System.nanoTime());
    return opa.run(folder, Duration.ofNanos(left), about, List.of(arguments));
  }

  private static Failure unknown(OpaBinary.Result result) {
    String output = (result.output() + result.errors()).strip();
    String shown = output.length() <= SHOWN ? output : output.substring(0, SHOWN) + "…";
    return new Failure("", 0, 0, "", "exit code " + result.exitCode() + ": " + shown);
  }

  private static JsonNode json(OpaBinary.Result result) throws ProblemsException {
    try {
      return MAPPER.readTree(result.output());
    } catch (JsonProcessingException e) {
      String message = "did not print JSON: " + unknown(result).message();
      throw new ProblemsException(List.of(new Problem("opa", 0, null, message)));
    }
  }
}
