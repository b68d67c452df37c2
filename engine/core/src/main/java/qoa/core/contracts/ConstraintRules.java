package qoa.core.contracts;

import static qoa.core.documents.Document.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import qoa.core.documents.Document;
import qoa.core.documents.NearestName;

/**
 * Checks what the schema cannot express about contracts of {@code qoa.contract}. The schema reports
 * values of the wrong type.
 */
final class ConstraintRules {

  /**
   * The lists of the v0.3 schema, with the default name of their groups in the schema's spelling.
   */
  private static final Map<String, String> DEFAULT_NAMES =
      Map.of(
          "service", "service_constraint",
          "data", "data_constaint",
          "ml_specific", "ml_specific_constraint",
          "fairness", "fairness_constraint",
          "cost", "cost_constraint",
          "security", "",
          "privacy", "",
          "interpretability", "");

  /** The keys of a group that {@code qoa.contract} reads. The schema defines more. */
  static final Set<String> GROUP_KEYS =
      Set.of("name", "stage", "provider", "consumers", "severity", "min_count", "constraint_list");

  private final JsonNode root;
  private final ProblemList problems;
  private final Set<String> stakeholders = new TreeSet<>();
  private final Map<List<String>, String> placeOfName = new HashMap<>();

  ConstraintRules(Document document, ProblemList problems) {
    this.root = document.root();
    this.problems = problems;
    root.path("stakeholders").forEach(entry -> stakeholders.add(entry.path("id").asText()));
    stakeholders.remove("");
  }

  void check() {
    UnknownKeys.check(problems, root.path("quality"), "/quality", DEFAULT_NAMES.keySet());
    for (Map.Entry<String, JsonNode> entry : root.path("quality").properties()) {
      String pointer = child("/quality", entry.getKey());
      if (UnknownKeys.isOwn(entry.getKey())) {
        continue;
      }
      String name = DEFAULT_NAMES.getOrDefault(entry.getKey(), "");
      for (int i = 0; i < entry.getValue().size(); i++) {
        group(pointer + '/' + i, entry.getValue().path(i), name);
      }
    }
  }

  private void group(String pointer, JsonNode group, String defaultName) {
    if (group.has("provider")) {
      stakeholder(pointer + "/provider", group.get("provider"));
    }
    JsonNode consumers = group.path("consumers");
    if (!consumers.isMissingNode() && !consumers.isArray()) {
      problems.expected(pointer + "/consumers", "a list of stakeholder ids");
    }
    for (int i = 0; i < consumers.size(); i++) {
      stakeholder(pointer + "/consumers/" + i, consumers.path(i));
    }
    text(pointer, group, "severity", "a string, such as major");
    text(pointer, group, "stage", "the name of a stage");
    JsonNode minCount = group.path("min_count");
    if (!minCount.isMissingNode() && !(minCount.isInt() && minCount.intValue() > 0)) {
      problems.expected(pointer + "/min_count", "an integer greater than 0");
    }
    constraints(pointer, group, group.path("name").asText(defaultName));
  }

  private void text(String pointer, JsonNode group, String key, String expected) {
    JsonNode value = group.path(key);
    if (!value.isMissingNode() && !(value.isTextual() && !value.textValue().isBlank())) {
      problems.expected(child(pointer, key), expected);
    }
  }

  private void stakeholder(String pointer, JsonNode id) {
    if (stakeholders.isEmpty()) {
      return; // ContractHeader reports this
    }
    if (!id.isTextual() || !stakeholders.contains(id.textValue())) {
      String hint = NearestName.hint(id.asText(), stakeholders);
      String known = String.join(", ", stakeholders);
      problems.expected(pointer, "a stakeholder of the contract: one of " + known + hint);
    }
  }

  private void constraints(String pointer, JsonNode group, String groupName) {
    JsonNode list = group.path("constraint_list");
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode constraint = list.path(i);
      String place = pointer + "/constraint_list/" + i;
      ConditionRules.check(problems, place);
      String metric = constraint.path("metrics").path("metric_name").asText();
      names.put(place, list.size() > 1 ? groupName + '/' + metric : groupName);
    }
    String stage = group.path("stage").asText();
    names.forEach((place, name) -> unique(pointer, place, name, stage));
  }

  private void unique(String group, String place, String name, String stage) {
    String first = placeOfName.putIfAbsent(List.of(name, stage), place);
    if (first == null) {
      return;
    }
    boolean sameGroup = first.startsWith(group + '/');
    problems.add(
        place,
        "has the same name "
            + (stage.isEmpty() ? "" : "and stage ")
            + "as "
            + first
            + ": "
            + name
            + (sameGroup
                ? "; split the group, so that each metric is in it once"
                : "; give one of the groups another name"));
  }
}
