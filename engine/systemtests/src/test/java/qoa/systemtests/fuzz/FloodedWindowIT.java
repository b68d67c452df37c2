package qoa.systemtests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.read.FileSource;
import qoa.core.sink.Decision;
import qoa.core.sink.Sink;
import qoa.service.config.EngineConfig;
import qoa.service.run.LiveRun;

/** A window full of invented stages and metrics does not change the verdicts on promises. */
class FloodedWindowIT {

  private static final long NOW = 1_795_428_000_000L;
  private static final String CONTRACT =
      """
      id: shop
      version: 1.0.0
      application: shop
      evaluate: {window: 10s, grace: 0s}
      stakeholders: [{id: us, roles: [ml_provider]}]
      quality:
        service:
          - name: latency
            stage: web
            constraint_list:
              - metrics: {metric_name: latency}
                condition: {operator: less_equal, value: 5}
                aggregate_function: P95
          - name: errors
            constraint_list:
              - metrics: {metric_name: errors}
                condition: {operator: equal, value: 0}
                aggregate_function: SUM
      """;

  @TempDir Path folder;

  @Test
  void promisesAreJudged_asIfNobodyHadMadeUpNames() throws Exception {
    List<String> real = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      real.add(report("web", "latency", Integer.toString(i)));
      real.add(report("db", "errors", "1"));
    }
    List<String> flooded = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      flooded.add(report("made-up-" + i, "made-up", "1"));
    }
    for (int i = 0; i < 12; i++) {
      flooded.add(report("made-up-1", "m" + i, "[1" + ",1".repeat(990) + "]"));
    }
    flooded.addAll(real);
    assertThat(judged(real)).hasSize(2).allMatch(event -> event.startsWith("OPENED"));
    assertThat(judged(flooded)).isEqualTo(judged(real));
  }

  private static String report(String stage, String metric, String value) {
    return "{\"metadata\":{\"application\":\"shop\",\"timestamp\":%d},\"service\":{\"%s\":{\"metrics\":{\"%s\":{\"i\":{\"records\":[%s]}}}}}}"
        .formatted(NOW / 1_000, stage, metric, value);
  }

  private List<String> judged(List<String> reports) throws Exception {
    Files.writeString(folder.resolve("shop.yaml"), CONTRACT);
    EngineConfig config =
        EngineConfig.defaults().judging(folder, Path.of("..", "..", "policies"), null);
    List<String> events = new ArrayList<>();
    byte[] lines = String.join("\n", reports).getBytes(UTF_8);
    try (FileSource source = new FileSource("r", new ByteArrayInputStream(lines), NOW)) {
      LiveRun.run(config, source, into(events), () -> NOW, read -> {});
    }
    return events;
  }

  private static Sink into(List<String> events) {
    return new Sink() {
      @Override
      public void decision(Decision decision) {
        changes(decision.changes());
      }

      @Override
      public void changes(Changes changes) {
        for (Event event : changes.events()) {
          String constraint = event.promise().constraint();
          events.add(event.type() + " " + constraint + " " + event.verdict().finding().message());
        }
      }

      @Override
      public void deadLetter(DeadLetter deadLetter) {
        throw new AssertionError(deadLetter.detail());
      }
    };
  }
}
