package qoa.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import qoa.core.settings.Checks;

/**
 * The names of the topics.
 *
 * @param reports where reports are read from; at least one
 * @param violations where violation events go
 * @param status where the current verdicts are
 * @param state what a restart needs
 * @param deadLetters where messages go that are not reports
 * @param byApplication where engines put reports for one another, keyed by application
 * @param rekey when they do
 */
public record TopicsConfig(
    List<String> reports,
    String violations,
    String status,
    String state,
    String deadLetters,
    String byApplication,
    Rekey rekey) {

  /** Kafka's own rule for topic names. */
  private static final Pattern NAME = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,249}");

  private static final String EXPECTED = "letters, digits, '.', '_' and '-', at most 249";

  public TopicsConfig {
    reports = List.copyOf(reports);
    Checks checks =
        new Checks()
            .that("reports", !reports.isEmpty(), "at least one topic")
            .that(
                "reports", reports.stream().allMatch(TopicsConfig::isName), "names of " + EXPECTED)
            .that("reports", new HashSet<>(reports).size() == reports.size(), "distinct topics");
    Set<String> taken = new HashSet<>(reports);
    own(checks, taken, "violations", violations);
    own(checks, taken, "status", status);
    own(checks, taken, "state", state);
    own(checks, taken, "dead-letters", deadLetters);
    own(checks, taken, "by-application", byApplication);
    checks.done();
  }

  private static void own(Checks checks, Set<String> taken, String key, String topic) {
    checks.that(key, isName(topic), EXPECTED).that(key, taken.add(topic), "a topic of its own");
  }

  /** The default names. */
  public static TopicsConfig defaults() {
    return new TopicsConfig(
        List.of("qoa.reports"),
        "qoa.violations",
        "qoa.status",
        "qoa.state",
        "qoa.dead-letters",
        "qoa.reports.by-application",
        Rekey.AUTO);
  }

  private static boolean isName(String topic) {
    return NAME.matcher(topic).matches();
  }
}
