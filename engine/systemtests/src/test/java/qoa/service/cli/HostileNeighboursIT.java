package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.testing.ChildJvm;

/**
 * Hostile policies ({@code testdata/hostile}), each with its own contract, beside a contract that
 * ships, in a small heap: they harm only themselves.
 */
class HostileNeighboursIT {
  private static final Path HOSTILE = ChildJvm.HOME.resolve("testdata/hostile/policies");
  private static final Path SHIPPED =
      ChildJvm.HOME.resolve("contracts/object-detection-requests.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_EVENT = 64 * 1024;

  /** For all together, on a busy machine. Each alone should take less than 30 s. */
  private static final Duration MOST = Duration.ofMinutes(3);

  /**
   * Their verdicts are cut to the limits of events, or cost no more than others'; the rest fail or
   * give no verdict.
   */
  private static final Set<String> ANSWER = Set.of("long_message", "same_hash", "yaml_aliases");

  @TempDir Path folder;
  private final Set<String> names = new TreeSet<>();

  @BeforeEach
  void write() throws IOException {
    Path policies = Files.createDirectories(folder.resolve("policies/hostile"));
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    copyAll(ChildJvm.HOME.resolve("policies"), folder.resolve("policies"));
    Files.copy(SHIPPED, contracts.resolve(SHIPPED.getFileName()));
    try (Stream<Path> files = Files.list(HOSTILE)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".rego", "");
        names.add(name);
        Files.copy(file, policies.resolve(file.getFileName()));
        Files.writeString(
            contracts.resolve(name + ".yaml"),
            """
            id: %s
            version: 1.0.0
            application: "*"
            policy: hostile.%s
            evaluate: {each: report}
            """
                .formatted(name, name));
      }
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void hostilePolicies_endByThemselves_andTheirNeighboursSayTheSame() throws Exception {
    ChildJvm.Result together = dryRun();
    List<String> lines = together.out().lines().toList();

    for (String name : names) {
      Files.delete(folder.resolve("contracts/" + name + ".yaml"));
    }
    List<String> alone = of("object-detection-requests", dryRun().out().lines().toList());
    assertThat(alone).isNotEmpty();
    assertThat(of("object-detection-requests", lines)).as("%s", together).isEqualTo(alone);
    assertThat(together.exitCode()).as("%s", together.err()).isNotEqualTo(1);
    assertThat(together.err()).doesNotContain("OutOfMemoryError", "StackOverflowError");
    for (String line : lines) {
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(LARGEST_EVENT);
    }
    List<String> answering = new ArrayList<>();
    for (String name : names) {
      List<String> events = of(name, lines);
      boolean failed = events.stream().allMatch(line -> line.contains("evaluation.failed"));
      if (!failed) {
        answering.add(name);
      }
      assertThat(events.toString()).doesNotContain("internal_error");
    }
    assertThat(answering).containsExactlyInAnyOrderElementsOf(ANSWER);
  }

  private ChildJvm.Result dryRun() throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            null,
            List.of("-Xmx512m"),
            "dry-run",
            "--policies",
            folder.resolve("policies").toString(),
            "--contracts",
            folder.resolve("contracts").toString(),
            "--reports",
            "testdata/reports/object-detection-ml.ndjson",
            "--format",
            "json")) {
      return child.await(MOST);
    }
  }

  private static List<String> of(String contract, List<String> lines) throws IOException {
    List<String> events = new ArrayList<>();
    for (String line : lines) {
      JsonNode event = JSON.readTree(line);
      if (event.at("/contract/id").asText().equals(contract)) {
        // The revision is that of all policies and contracts, which differ.
        events.add(line.replaceAll("\"revision\":\"[0-9a-f]+\"", ""));
      }
    }
    return events;
  }
}
