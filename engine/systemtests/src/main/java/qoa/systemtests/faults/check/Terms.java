package qoa.systemtests.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A version of a contract as the checker reads it. Understands the features that the contracts of a
 * run use.
 *
 * @param application the application whose reports it judges; {@code *} for all
 * @param windows the windows; their size is 0 if each report is judged
 * @param life when its file existed
 */
public record Terms(
    String id,
    String version,
    String application,
    Tumbling windows,
    Damping damping,
    List<Promise> promises,
    Outcome outcome,
    Life life) {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** The expected result of its policy: {@code x-outcome} in the contract. */
  enum Outcome {
    /** The verdicts of the policy that ships. */
    VERDICTS,
    /** Evaluations fail. */
    FAILS,
    /** Not checked. */
    ANY
  }

  /**
   * The numbers of windows in a row that open or resolve a violation.
   *
   * @param openAfter how many violated windows in a row open a violation
   * @param resolveAfter how many met windows in a row resolve it
   */
  record Damping(int openAfter, int resolveAfter) {}

  /**
   * The time during which the contract existed, in milliseconds since the epoch.
   *
   * @param since 0 if it existed before the engines started
   * @param until {@link Long#MAX_VALUE} if it still exists, or another version has replaced it
   */
  record Life(long since, long until) {}

  /**
   * A constraint and a stakeholder who is accountable for it.
   *
   * @param stage null for the whole application
   * @param condition operator and value, and the unit where the contract gives one
   */
  record Promise(
      String constraint,
      String stakeholder,
      String stage,
      String metric,
      String aggregate,
      JsonNode condition,
      int minCount) {}

  /** Reads the text of a contract. */
  public static Terms read(String yaml) throws IOException {
    JsonNode root = YAML.readTree(yaml);
    JsonNode evaluate = root.path("evaluate");
    return new Terms(
        root.path("id").asText(),
        root.path("version").asText(),
        root.path("application").asText(),
        new Tumbling(
            millis(evaluate.path("window").asText("0s")),
            millis(evaluate.path("grace").asText("0s"))),
        new Damping(evaluate.path("open_after").asInt(1), evaluate.path("resolve_after").asInt(1)),
        promises(root),
        Outcome.valueOf(root.path("x-outcome").asText("verdicts").toUpperCase(Locale.ROOT)),
        new Life(0, Long.MAX_VALUE));
  }

  /** A copy that exists only since the given time, in milliseconds since the epoch. */
  public Terms since(long time) {
    return living(new Life(time, Long.MAX_VALUE));
  }

  /** A copy that exists only until the given time, in milliseconds since the epoch. */
  public Terms until(long time) {
    return living(new Life(life.since, time));
  }

  private Terms living(Life other) {
    return new Terms(id, version, application, windows, damping, promises, outcome, other);
  }

  private static long millis(String duration) {
    boolean inMillis = duration.endsWith("ms");
    String number = duration.substring(0, duration.length() - (inMillis ? 2 : 1));
    return Long.parseLong(number) * (inMillis ? 1 : 1_000);
  }

  private static List<Promise> promises(JsonNode root) {
    List<Promise> promises = new ArrayList<>();
    for (JsonNode groups : root.path("quality")) {
      for (JsonNode group : groups) {
        for (JsonNode constraint : group.path("constraint_list")) {
          for (String stakeholder : accountable(root, group)) {
            promises.add(promise(group, constraint, stakeholder));
          }
        }
      }
    }
    return promises;
  }

  private static List<String> accountable(JsonNode root, JsonNode group) {
    if (group.has("provider")) {
      return List.of(group.path("provider").asText());
    }
    List<String> providers = new ArrayList<>();
    for (JsonNode stakeholder : root.path("stakeholders")) {
      for (JsonNode role : stakeholder.path("roles")) {
        if (role.asText().equals("ml_provider")) {
          providers.add(stakeholder.path("id").asText());
        }
      }
    }
    return providers;
  }

  private static Promise promise(JsonNode group, JsonNode constraint, String stakeholder) {
    String name = group.path("name").asText();
    String metric = constraint.at("/metrics/metric_name").asText();
    return new Promise(
        group.path("constraint_list").size() == 1 ? name : name + "/" + metric,
        stakeholder,
        group.path("stage").asText(null),
        metric,
        constraint.path("aggregate_function").asText(),
        condition(constraint),
        group.path("min_count").asInt(1));
  }

  private static JsonNode condition(JsonNode constraint) {
    ObjectNode condition = constraint.path("condition").deepCopy();
    JsonNode unit = constraint.at("/metrics/unit");
    return unit.isTextual() ? condition.set("unit", unit) : condition;
  }

  boolean isForEachReport() {
    return windows.size() == 0;
  }

  long since() {
    return life.since;
  }

  long until() {
    return life.until;
  }

  boolean isRemoved() {
    return life.until != Long.MAX_VALUE;
  }

  boolean isFor(String name) {
    return application.equals("*") || application.equals(name);
  }
}
