package qoa.engine.config;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of the topics.
 *
 * @param reports where reports are read from; at least one
 * @param violations where violation events go
 * @param deadLetters where messages go that are not reports
 */
public record TopicsConfig(List<String> reports, String violations, String deadLetters) {

  /** Kafka's own rule for topic names. */
  private static final Pattern NAME = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,249}");

  private static final String EXPECTED = "letters, digits, '.', '_' and '-', at most 249";

  public TopicsConfig {
    reports = List.copyOf(reports);
    new Checks()
        .that("reports", !reports.isEmpty(), "at least one topic")
        .that("reports", reports.stream().allMatch(TopicsConfig::isName), "names of " + EXPECTED)
        .that("reports", new HashSet<>(reports).size() == reports.size(), "distinct topics")
        .that("violations", isName(violations), EXPECTED)
        .that("violations", !reports.contains(violations), "a topic that reports are not read from")
        .that("dead-letters", isName(deadLetters), EXPECTED)
        .that(
            "dead-letters",
            !reports.contains(deadLetters) && !deadLetters.equals(violations),
            "a topic of its own")
        .done();
  }

  /** The names that DESIGN gives. */
  public static TopicsConfig defaults() {
    return new TopicsConfig(List.of("qoa.reports"), "qoa.violations", "qoa.dead-letters");
  }

  private static boolean isName(String topic) {
    return NAME.matcher(topic).matches();
  }
}
