package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import qoa.core.contracts.Contract.Stakeholder;
import qoa.core.documents.Document;
import qoa.core.documents.DurationText;

/**
 * Reads the header of a contract: the keys that the engine needs, such as {@code id} and {@code
 * evaluate}. {@code contracts/README.md} lists them.
 */
final class ContractHeader {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Duration MAX_WINDOW = Duration.ofDays(1);
  private static final String EVALUATE = "{window: 10s, grace: 2s} or {each: report}";
  private static final Set<String> EVALUATE_KEYS =
      Set.of("window", "grace", "each", "open_after", "resolve_after");
  private static final int MOST_WINDOWS = 1_000;
  static final Set<String> KEYS =
      Set.of(
          "id",
          "version",
          "application",
          "policy",
          "evaluate",
          "stakeholders",
          "resources",
          "quality");

  private final Document document;
  private final JsonNode root;
  private final ProblemList problems;

  /**
   * @param document its root is an object
   */
  ContractHeader(Document document, ProblemList problems) {
    this.document = document;
    this.root = document.root();
    this.problems = problems;
  }

  /** The contract. A part that has a mistake is null. */
  Contract read() {
    UnknownKeys.checkMisspelt(problems, root, "", KEYS);
    return new Contract(
        text("/id", ID, "a name of letters, digits, '.', '_' and '-'"),
        version(),
        text(
            "/application", Pattern.compile("\\S(.*\\S)?"), "the name of an application, or \"*\""),
        root.has("policy")
            ? text("/policy", Pattern.compile("\\S+"), "a Rego package, such as qoa.contract")
            : ContractLoader.DEFAULT_POLICY,
        schedule(root.path("evaluate")),
        stakeholders(),
        root,
        document.file());
  }

  private String text(String pointer, Pattern form, String expected) {
    JsonNode value = root.at(pointer);
    if (value.isTextual() && form.matcher(value.textValue()).matches()) {
      return value.textValue();
    }
    problems.expected(pointer, expected);
    return null;
  }

  /** YAML reads 1.10 as the number 1.1, so a version with one dot must be quoted. */
  private String version() {
    JsonNode value = root.path("version");
    if (value.isIntegralNumber() || (value.isTextual() && !value.textValue().isBlank())) {
      return value.asText();
    }
    problems.expected(
        "/version",
        value.isNumber()
            ? "quotes around it, because YAML reads 1.10 as 1.1"
            : "a version, such as 1.2.0");
    return null;
  }

  private Schedule schedule(JsonNode evaluate) {
    if (!evaluate.isObject()) {
      problems.expected("/evaluate", EVALUATE);
      return null;
    }
    UnknownKeys.check(problems, evaluate, "/evaluate", EVALUATE_KEYS);
    return evaluate.has("each") || problems.isMisspelt("/evaluate/each")
        ? eachReport(evaluate)
        : tumbling(evaluate);
  }

  private Schedule eachReport(JsonNode evaluate) {
    if (!evaluate.path("each").asText().equals("report")) {
      problems.expected("/evaluate/each", "report");
    }
    if (EVALUATE_KEYS.stream().filter(evaluate::has).count() > 1) {
      problems.expected("/evaluate", "either window or each, not both");
    }
    return new Schedule.EachReport();
  }

  private Schedule tumbling(JsonNode evaluate) {
    Optional<Duration> window = duration("/evaluate/window");
    Optional<Duration> grace =
        evaluate.has("grace") ? duration("/evaluate/grace") : Optional.of(Duration.ZERO);
    window.filter(Duration::isZero).ifPresent(zero -> outOfRange("/evaluate/window", "1ms"));
    window.filter(ContractHeader::isLong).ifPresent(size -> outOfRange("/evaluate/window", "1ms"));
    grace.filter(ContractHeader::isLong).ifPresent(size -> outOfRange("/evaluate/grace", "0s"));
    Schedule.Damping damping =
        new Schedule.Damping(windows("/evaluate/open_after"), windows("/evaluate/resolve_after"));
    return window.isEmpty() || grace.isEmpty()
        ? null
        : new Schedule.Tumbling(window.get().toMillis(), grace.get().toMillis(), damping);
  }

  private int windows(String pointer) {
    JsonNode value = root.at(pointer);
    if (value.isMissingNode()) {
      return 1;
    }
    if (value.isInt() && value.intValue() >= 1 && value.intValue() <= MOST_WINDOWS) {
      return value.intValue();
    }
    problems.expected(pointer, "a number of windows in a row, 1 to " + MOST_WINDOWS);
    return 1;
  }

  private static boolean isLong(Duration duration) {
    return duration.compareTo(MAX_WINDOW) > 0;
  }

  private void outOfRange(String pointer, String least) {
    problems.expected(pointer, least + " to " + DurationText.format(MAX_WINDOW));
  }

  private Optional<Duration> duration(String pointer) {
    JsonNode value = root.at(pointer);
    try {
      if (value.isTextual()) {
        return Optional.of(DurationText.parse(value.textValue()));
      }
    } catch (IllegalArgumentException e) {
      // reported below, with the value
    }
    problems.expected(pointer, DurationText.EXPECTED);
    return Optional.empty();
  }

  private List<Stakeholder> stakeholders() {
    JsonNode list = root.path("stakeholders");
    if (!list.isArray() && !list.isMissingNode()) {
      problems.expected("/stakeholders", "a list of {id: …, roles: […]}");
    }
    List<Stakeholder> stakeholders = new ArrayList<>();
    Map<String, String> firstOfId = new HashMap<>();
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      String pointer = "/stakeholders/" + i;
      String id =
          text(pointer + "/id", Pattern.compile("\\S(.*\\S)?"), "the name of the stakeholder");
      String first = id == null ? null : firstOfId.putIfAbsent(id, pointer);
      if (first != null) {
        problems.add(
            pointer + "/id", id + " is the id of " + first + " too; keep one, with all roles");
      }
      stakeholders.add(new Stakeholder(id, roles(pointer + "/roles")));
    }
    return stakeholders;
  }

  private Set<String> roles(String pointer) {
    JsonNode value = root.at(pointer);
    if (value.isTextual()) {
      return Set.of(value.textValue());
    }
    if (!value.isArray()) {
      problems.expected(pointer, "a role, such as ml_provider, or a list of roles");
    }
    Set<String> roles = new LinkedHashSet<>();
    for (int i = 0; i < value.size(); i++) {
      if (!value.get(i).isTextual()) {
        problems.expected(pointer + '/' + i, "a role, such as ml_provider");
      }
      roles.add(value.get(i).asText());
    }
    return roles;
  }
}
