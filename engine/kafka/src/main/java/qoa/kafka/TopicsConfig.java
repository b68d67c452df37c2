package qoa.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import qoa.core.settings.Checks;

/**
 * The names of the topics. Each name occurs once.
 *
 * @param reports topics of reports; at least one
 * @param violations topic of violation events
 * @param status topic of the current verdicts
 * @param state topic of the state that a restart needs
 * @param deadLetters topic of messages that are not reports
 * @param byApplication topic of re-keyed reports
 * @param rekey when the engine re-keys reports
 */
public record TopicsConfig(
    List<String> reports,
    String violations,
    String status,
    String state,
    String deadLetters,
    String byApplication,
    Rekey rekey) {

  /** Kafka's rule for topic names. */
  private static final Pattern NAME = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,249}");

  private static final String EXPECTED = "at most 249 letters, digits, '.', '_' and '-'";

  public TopicsConfig {
    reports = List.copyOf(reports);
    Checks checks =
        new Checks()
            .that("reports", !reports.isEmpty(), "at least one topic")
            .that(
                "reports",
                reports.stream().allMatch(TopicsConfig::isName),
                "topic names of " + EXPECTED)
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
    checks
        .that(key, isName(topic), EXPECTED)
        .that(key, taken.add(topic), "a topic that no other setting names");
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
