package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.engine.Revisions;
import qoa.service.http.Health;
import qoa.service.metrics.PrometheusMetrics;
import qoa.testing.Await;

/** A process has one handler for a signal, so no other watcher may start while this test runs. */
class HangUpIT {

  @TempDir private Path folder;

  private final PrometheusMetrics metrics = new PrometheusMetrics(100);

  @Test
  void reloads_onSigHup() throws Exception {
    Path contracts = Files.createDirectory(folder.resolve("contracts"));
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(
        contracts.resolve("mine.yaml"),
        """
        id: mine
        version: 1.0.0
        application: a
        policy: plain
        evaluate: {each: report}
        stakeholders: []
        """);
    Files.writeString(
        policies.resolve("plain.rego"), "package plain\n\nmet contains {\"constraint\": \"c\"}\n");
    RevisionWatcher watcher =
        RevisionWatcher.start(
            contracts,
            policies,
            Revisions.load(contracts, policies),
            revision -> {},
            new Health(List.of()),
            metrics);
    try {
      awaitReloads(1);

      String pid = String.valueOf(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();

      awaitReloads(2);
    } finally {
      watcher.close();
    }
  }

  private void awaitReloads(int count) throws Exception {
    Await.until(
        () -> count + " reloads: " + metrics.text(),
        Duration.ofSeconds(20),
        () -> metrics.sum("qoa_reload_total", Map.of("outcome", "ok")).orElse(0) >= (double) count);
  }
}
