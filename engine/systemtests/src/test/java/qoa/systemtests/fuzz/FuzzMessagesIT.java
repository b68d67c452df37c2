package qoa.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import qoa.testing.ChildJvm;

/** Some odd messages in a heap of 256 MB; {@code scripts/fuzz-messages} sends a million. */
class FuzzMessagesIT {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  @Test
  void everyMessageHasExactlyOneOutcome_in256MB() throws Exception {
    String count = System.getProperty("qoa.messages", "20000");
    String seed = System.getProperty("seed", Long.toString(System.nanoTime()));
    System.out.printf("FuzzMessagesIT: -Dqoa.messages=%s -Dseed=%s%n", count, seed);
    List<String> options = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    try (ChildJvm child = ChildJvm.startMain(FuzzMessages.class.getName(), options, count, seed)) {
      ChildJvm.Result result = child.await(LIMIT);
      assertThat(result.exitCode()).as(result.toString()).isZero();
      assertThat(result.out()).contains("sent = ");
    }
  }
}
