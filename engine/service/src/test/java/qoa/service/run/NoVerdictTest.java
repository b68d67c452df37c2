package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.read.FileSource;
import qoa.core.sink.PrintingSink;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;

/** What becomes of an open violation when a policy says nothing. */
class NoVerdictTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = 1_795_428_000L;
  private static final String CONTRACT =
      """
      id: own
      version: 1.0.0
      application: shop
      policy: own
      evaluate: {window: 10s}
      """;
  private static final String VIOLATION =
      "package own\n\nmean := input.metrics.m.mean\n\nviolation contains {\"constraint\": \"c\"} if mean > 2\n";

  @TempDir private Path folder;

  /** The policy's two rules leave a gap: a mean from 1 to 2 is neither met nor violated. */
  @Test
  void leavesAViolationOpen_whereThePolicyCouldHaveSaidThatItIsMet() throws Exception {
    assertThat(
            events(VIOLATION + "\nmet contains {\"constraint\": \"c\"} if mean < 1\n", 3, 1.5, 0))
        .containsExactly(
            "10:00:00 qoa.violation.opened c",
            "10:00:10 qoa.constraint.undetermined the policy gave no verdict",
            "10:00:20 qoa.violation.resolved c");
  }

  /** So it is with policies that can say nothing else. */
  @Test
  void resolvesAViolation_whereThePolicyKnowsNothingButViolations() throws Exception {
    assertThat(events(VIOLATION, 3, 1.5, 0))
        .containsExactly("10:00:00 qoa.violation.opened c", "10:00:10 qoa.violation.resolved c");
  }

  /** The events of windows of one report each, by window, type and what they are about. */
  private List<String> events(String policy, double... values) throws Exception {
    Files.writeString(folder.resolve("own.rego"), policy);
    Files.writeString(folder.resolve("own.yaml"), CONTRACT);
    StringBuilder reports = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      reports.append(
          """
          {"metadata": {"client_config": {"application_name": "shop", "stage_id": "s"},\
           "timestamp": %d}, "service": {"s": {"metrics": {"m": {"i": {"records": [%s]}}}}}}
          """
              .formatted(START + 10L * i, values[i]));
    }
    EngineConfig config = EngineConfig.defaults().judging(folder, folder, Evaluator.PLAN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    byte[] in = reports.toString().getBytes(StandardCharsets.UTF_8);
    try (PrintingSink sink = PrintingSink.json(out, out);
        FileSource source = new FileSource("reports", new ByteArrayInputStream(in))) {
      ConfiguredDryRun.run(config, source, sink, START * 1000, read -> {});
    }
    List<String> events = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode event = JSON.readTree(line);
      String about = event.path("constraint").asText(event.path("message").asText());
      String time = event.at("/window/start").asText().substring(11, 19);
      events.add(time + " " + event.path("type").asText() + " " + about);
    }
    return events;
  }
}
