package qoa.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import qoa.testing.Await;
import qoa.testing.ChildJvm;

/** Runs the demo as the README describes. */
@Execution(ExecutionMode.CONCURRENT)
class DemoIT {

  /** Stakeholder, promise, how often violated, when opened, when resolved. */
  private static final Pattern RESOLVED =
      Pattern.compile("(\\S+) +\\S+ \\S+ +[0-9]+x +[0-9:]{8} +[0-9:]{8} +resolved");

  private static final Pattern VIOLATED = Pattern.compile("(\\S+) +\\S+ .* [1-9][0-9]*x .*");

  private static final Pattern BROKER =
      Pattern.compile("scripts/qoa events --bootstrap-server (\\S+)");

  @Test
  void showsViolationsOfTwoStakeholders_andOneThatIsResolved_whenRunFor30Seconds()
      throws Exception {
    ChildJvm.Result demo;
    try (ChildJvm child = ChildJvm.start(null, List.of(), "demo", "--for", "30s")) {
      Await.until("the broker named", () -> BROKER.matcher(child.err()).find());
      String broker = BROKER.matcher(child.err()).results().findFirst().orElseThrow().group(1);
      try (ChildJvm events =
          ChildJvm.start(null, List.of(), "events", "--bootstrap-server", broker)) {
        Await.until("a violation that opened", () -> events.out().contains("  OPENED  "));
      }
      demo = child.await(Await.LONG);
    }

    assertThat(demo.exitCode()).as("%s", demo).isZero();
    assertThat(demo.out() + demo.err()).doesNotContain("\tat ", "Exception");
    int table = demo.out().indexOf("stakeholder  promise");
    assertThat(table).as("%s", demo).isPositive();
    List<String> lines = demo.out().substring(table).lines().toList();
    assertThat(firstColumns(lines, VIOLATED)).as("%s", demo).hasSizeGreaterThan(1);
    assertThat(firstColumns(lines, RESOLVED)).as("%s", demo).isNotEmpty();
    assertThat(demo.err()).contains("/metrics", "5 s, ").doesNotContain(" INFO ");
  }

  /** It is stopped while its first report still waits for the broker. */
  @Test
  void endsWithoutStackTrace_whenItIsOverAtOnce() throws Exception {
    ChildJvm.Result demo = ChildJvm.run("demo", "--for", "0s");

    assertThat(demo.exitCode()).as("%s", demo).isZero();
    assertThat(demo.out() + demo.err()).doesNotContain("\tat ", "Exception");
  }

  private static Set<String> firstColumns(List<String> lines, Pattern pattern) {
    Set<String> words = new TreeSet<>();
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        words.add(matcher.group(1));
      }
    }
    return words;
  }
}
