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
 * What holds for contracts of {@code qoa.contract} beyond the schema. Values of the wrong type are
 * left to the schema's messages.
 */
final class ConstraintRules {

  /**
   * The groups of the v0.3 schema, to the name that it gives a group without one (its spelling).
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

  /** What we read in a group; the schema has keys of each kind beside these. */
  static final Set<String> GROUP_KEYS =
      Set.of("name", "stage", "provider", "consumers", "severity", "min_count", "constraint_list");

  private final JsonNode root;
  private final ProblemList problems;
  private final Set<String> stakeholders = new TreeSet<>();
  private final Map<List<String>, String> placeOfName = new HashMap<>();

  ConstraintRules(Document source, ProblemList problems) {
    this.root = source.root();
    this.problems = problems;
    root.path("stakeholders").forEach(party -> stakeholders.add(party.path("id").asText()));
    stakeholders.remove("");
  }

  void check() {
    for (Map.Entry<String, JsonNode> entry : root.path("quality").properties()) {
      String pointer = child("/quality", entry.getKey());
      if (UnknownKeys.isOwn(entry.getKey())) {
        continue;
      }
      if (!DEFAULT_NAMES.containsKey(entry.getKey())) {
        Set<String> known = new TreeSet<>(DEFAULT_NAMES.keySet());
        String hint = NearestName.hint(entry.getKey(), known);
        problems.add(
            pointer,
            "would never be judged" + (hint.isEmpty() ? "; expected one of " + known : hint));
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
      problems.expected(pointer + "/consumers", "a list of stakeholders' ids");
    }
    for (int i = 0; i < consumers.size(); i++) {
      stakeholder(pointer + "/consumers/" + i, consumers.path(i));
    }
    text(pointer, group, "severity", "a text, such as major");
    text(pointer, group, "stage", "a stage's name");
    JsonNode minCount = group.path("min_count");
    if (!minCount.isMissingNode() && !(minCount.isInt() && minCount.intValue() > 0)) {
      problems.expected(pointer + "/min_count", "a whole number above 0");
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
      return; // said of the stakeholders
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
        "is named "
            + name
            + ", as is "
            + first
            + (stage.isEmpty() ? "" : " of the same stage")
            + (sameGroup
                ? "; split the group, so that each metric stands once in it"
                : "; give one of the groups another name"));
  }
}
