package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static qoa.service.cli.Commands.CONTRACT;
import static qoa.service.cli.Commands.DETECTION;
import static qoa.service.cli.Commands.assertNoStackTrace;
import static qoa.service.cli.Commands.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.decode.HostileMessages;
import qoa.core.lifecycle.EventSchema;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;
import qoa.testing.RecordedFiles;

/** Runs dry runs as processes, and checks output and exit code. */
class DryRunCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "1111111111.111";
  private static final String TIMELESS =
      "{\"metadata\": {\"client_config\": {\"application_name\": \"x\"}}, \"service\": {}}\n";

  @TempDir private Path folder;

  /** The JSON output of a dry run. */
  private record DryRun(int exitCode, List<JsonNode> events, JsonNode summary) {

    static DryRun of(Result result) throws IOException {
      assertNoStackTrace(result);
      List<String> lines = result.out().lines().toList();
      assertThat(lines).as("%s", result).isNotEmpty();
      List<JsonNode> events = new ArrayList<>();
      for (String line : lines.subList(0, lines.size() - 1)) {
        EventSchema.assertValidLine(line);
        events.add(JSON.readTree(line));
      }
      JsonNode summary = JSON.readTree(lines.get(lines.size() - 1));
      assertThat(summary.path("type").asText()).isEqualTo("summary");
      DryRun run = new DryRun(result.exitCode(), events, summary);
      run.assertBalanced();
      return run;
    }

    long count(String name) {
      assertThat(summary.path(name).isIntegralNumber()).as(name + " in " + summary).isTrue();
      return summary.path(name).asLong();
    }

    private long events(String... types) {
      return events.stream()
          .filter(event -> List.of(types).contains(event.path("type").asText()))
          .count();
    }

    private void assertBalanced() {
      assertThat(count("reports"))
          .as("%s", summary)
          .isEqualTo(
              count("evaluated") + count("unmatched") + count("late") + count("dead_letters"));
      assertThat(count("violated"))
          .isEqualTo(
              events("qoa.violation.occurred", "qoa.violation.opened", "qoa.violation.continued"));
      assertThat(count("undetermined")).isEqualTo(events("qoa.constraint.undetermined"));
      assertThat(count("failed")).isEqualTo(events("qoa.evaluation.failed"));
      boolean unsure =
          count("undetermined") + count("failed") + count("late") + count("dead_letters") > 0
              || !summary.path("unjudged").isEmpty();
      assertThat(exitCode).isEqualTo(count("violated") > 0 ? 3 : unsure ? 2 : 0);
    }
  }

  /** One after the other in one run, for each run takes seconds: most of them come late then. */
  @Test
  void dryRun_judgesEveryRecordedFile_withoutFailedEvaluations() throws Exception {
    Path all = folder.resolve("all.ndjson");
    int lines = 0;
    try (Stream<Path> files = Files.list(RecordedFiles.FOLDER);
        OutputStream out = Files.newOutputStream(all)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
        out.write(Files.readAllBytes(file));
        lines += Files.readAllLines(file).size();
      }
    }

    DryRun run = dryRun("--reports", all.toString(), "--timestamps", "now");

    assertThat(run.count("failed")).isZero();
    assertThat(run.count("dead_letters")).isZero();
    assertThat(run.count("reports")).isEqualTo(lines).isGreaterThan(300);
  }

  @Test
  void dryRun_printsTheSameBytesTwice_andTellsOfViolationsByItsExitCode() throws Exception {
    String[] command = {
      "dry-run",
      "--contracts",
      "contracts",
      "--policies",
      "policies",
      "--reports",
      DETECTION,
      "--format",
      "json"
    };
    Result once = ChildJvm.run(command);

    assertThat(DryRun.of(once).exitCode()).isEqualTo(3);
    assertThat(ChildJvm.run(command).out()).isEqualTo(once.out());
  }

  @Test
  void dryRun_saysMet_whenAllIs() throws Exception {
    DryRun run = dryRunWith(CONTRACT.formatted("less_equal", 100, "AVERAGE"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.count("met")).isPositive();
    assertThat(run.events()).isEmpty();
  }

  @Test
  void dryRun_saysUndetermined_whenAMetricNeverCame() throws Exception {
    DryRun run =
        dryRunWith(CONTRACT.formatted("less_equal", 1, "SUM").replace("response_time", "price"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.count("met")).isZero();
    assertThat(run.count("undetermined")).isPositive();
  }

  @Test
  void dryRun_saysUndetermined_whenThereIsNothingToJudge() throws Exception {
    DryRun run = dryRun("--reports", Files.createFile(folder.resolve("empty")).toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.count("reports")).isZero();
  }

  /** Own policies that give no verdict, contradict themselves, or fail. */
  @Test
  void dryRun_neverTakesSilenceForMet() throws Exception {
    String own = CONTRACT.formatted("less_equal", 1, "SUM") + "policy: shop\n";
    String[] options = {
      "--contracts", folder(own).toString(), "--policies", folder.toString(), "--reports", DETECTION
    };

    policy("violation contains 1 if false\n");
    DryRun silent = dryRun(options);
    assertThat(silent.exitCode()).isEqualTo(2);
    assertThat(silent.count("silent")).isEqualTo(silent.count("evaluations")).isPositive();
    assertThat(silent.summary().path("unjudged")).hasToString("[\"tiny\"]");

    policy("met contains {\"constraint\": \"a\"} if false\nviolatoin contains \"a\"\n");
    DryRun misspelt = dryRun(options);
    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.count("undetermined")).isEqualTo(misspelt.count("evaluations"));
    assertThat(misspelt.events().get(0).path("message").asText())
        .isEqualTo("the policy gave no verdict");

    policy("met contains \"a\"\nviolation contains \"a\"\n");
    DryRun both = dryRun(options);
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.events().get(0).path("message").asText())
        .contains("the same member is in violation and in met: message a");
  }

  @Test
  void dryRun_countsVerdictsByContract_andNamesThoseWithoutAny() throws Exception {
    Path contracts = folder(CONTRACT.formatted("less_equal", 100, "AVERAGE"));
    String idle = CONTRACT.formatted("less_equal", 100, "AVERAGE").replace("tiny", "idle");
    Files.writeString(
        contracts.resolve("idle.yaml"), idle.replace("object_detection_teaching", "other"));
    String[] options = {"--contracts", contracts.toString(), "--reports", DETECTION};

    DryRun run = dryRun(options);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.summary().path("contracts").path("tiny").path("met").asLong())
        .isEqualTo(run.count("met"))
        .isPositive();
    assertThat(run.summary().path("contracts").path("idle"))
        .hasToString("{\"met\":0,\"violated\":0,\"undetermined\":0}");
    assertThat(run.summary().path("unjudged")).hasToString("[\"idle\"]");

    List<String> command = new ArrayList<>(List.of("dry-run", "--allow", "late,unjudged"));
    command.addAll(List.of(options));
    Result allowed = ChildJvm.run(command.toArray(new String[0]));
    assertThat(allowed.exitCode()).as("%s", allowed).isZero();
    assertThat(allowed.out()).contains("unjudged                 1  idle\n");
  }

  @Test
  void dryRun_saysWhatIsWrongInJson_whereThatIsAskedFor() throws Exception {
    policy("met contains \"a\"\nviolatoin contains \"a\"\n");
    String own = CONTRACT.formatted("less_equal", 1, "SUM") + "policy: shop\n";
    String[] options = {
      "dry-run",
      "--contracts",
      folder(own).toString(),
      "--policies",
      folder.toString(),
      "--format",
      "json",
      "--reports"
    };
    Path timeless = Files.writeString(folder.resolve("x.ndjson"), TIMELESS);

    assertThat(diagnostics(options, DETECTION))
        .extracting(line -> line.path("type").asText() + " " + line.path("line").asText())
        .containsExactly("warning 1", "warning 4");
    assertThat(diagnostics(options, timeless.toString()))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.path("type").asText()).isEqualTo("error");
              assertThat(line.path("message").asText()).startsWith("x.ndjson:1: the report has no");
            });
    assertThat(diagnostics(options, "no/such"))
        .singleElement()
        .hasToString("{\"type\":\"error\",\"message\":\"cannot read no/such: no such file\"}");
    folder(own.replace("grace: 2s", "grace: 010"));
    assertThat(diagnostics(options, DETECTION))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.path("type").asText()).isEqualTo("problem");
              assertThat(line.path("pointer").asText()).isEqualTo("/evaluate/grace");
            });
    assertThat(diagnostics(new String[] {"dry-run", "--format", "json"}, "--nope"))
        .singleElement()
        .satisfies(line -> assertThat(line.path("type").asText()).isEqualTo("error"));
  }

  private static List<JsonNode> diagnostics(String[] options, String last) throws Exception {
    String[] command = Arrays.copyOf(options, options.length + 1);
    command[options.length] = last;
    List<JsonNode> lines = new ArrayList<>();
    for (String line : ChildJvm.run(command).err().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private void policy(String rules) throws IOException {
    Files.writeString(folder.resolve("shop.rego"), "package shop\n\n" + rules);
  }

  @Test
  void dryRun_readsStandardInput() throws Exception {
    Path in = ChildJvm.HOME.resolve(DETECTION);
    try (ChildJvm child =
        ChildJvm.start(in, List.of(), "dry-run", "--format", "json", "--reports", "-")) {
      assertThat(DryRun.of(child.await(Await.LONG)).count("reports")).isEqualTo(120);
    }
  }

  @Test
  void dryRun_judgesByTheOldPolicyOfTheTutorial() throws Exception {
    DryRun run =
        dryRun(
            "--contracts",
            "testdata/tutorial/contracts",
            "--policies",
            "testdata/tutorial/policies",
            "--reports",
            "testdata/tutorial/reports.ndjson");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.count("failed")).isZero();
  }

  @Test
  void dryRun_countsHostileLinesAsDeadLetters() throws Exception {
    Path file = folder.resolve("hostile.ndjson");
    int letters = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (HostileMessages.Hostile hostile : HostileMessages.all().values()) {
        byte[] value = hostile.value();
        if (value != null && !new String(value, StandardCharsets.ISO_8859_1).isBlank()) {
          out.write(value);
          out.write('\n');
          letters++;
        }
      }
      out.write(Files.readAllBytes(ChildJvm.HOME.resolve(DETECTION)));
    }

    DryRun run = dryRun("--reports", file.toString());

    assertThat(run.count("dead_letters")).isEqualTo(letters);
    assertThat(run.count("evaluated")).isEqualTo(120);
  }

  @Test
  void dryRun_takes100000Reports_in512MegabytesOfHeap() throws Exception {
    Path file = folder.resolve("many.ndjson");
    List<String> templates = templates();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 100_000; i++) {
        String time = String.valueOf(1_795_000_000 + i / 10) + "." + i % 10;
        String report = templates.get(i % templates.size()).replace(TIME, time);
        out.write(report.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
    }
    try (ChildJvm child =
        ChildJvm.start(
            null,
            List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"),
            "dry-run",
            "--contracts",
            folder(CONTRACT.formatted("less_equal", 0.1, "AVERAGE")).toString(),
            "--format",
            "json",
            "--reports",
            file.toString())) {
      DryRun run = DryRun.of(child.await(Await.LONG));

      assertThat(run.count("reports")).isEqualTo(100_000);
      assertThat(run.count("evaluated")).isEqualTo(75_000);
      assertThat(run.count("evaluations")).isEqualTo(1_000);
    }
  }

  /** Reports of two applications, three to one, with {@link #TIME} as their time. */
  private static List<String> templates() throws IOException {
    RecordedFiles detection = RecordedFiles.of("object-detection-ml");
    RecordedFiles prediction = RecordedFiles.of("bts-ml");
    List<String> templates = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      var report = (i % 4 == 3 ? prediction : detection).next(1_111_111_111_111L);
      templates.add(new String(RecordedFiles.bytes(report), StandardCharsets.UTF_8));
    }
    return templates;
  }

  @Test
  void dryRun_namesThePointer_whenAContractHasAnUnknownOperator() throws Exception {
    Path contracts = folder(CONTRACT.formatted("at_most", 1, "AVERAGE"));

    assertRefused(
        "/quality/service/0/constraint_list/0/condition/operator",
        "dry-run",
        "--contracts",
        contracts.toString(),
        "--reports",
        DETECTION);
  }

  @Test
  void dryRun_saysWhatIsMissing() throws Exception {
    assertRefused("no/such.ndjson: no such file", "dry-run", "--reports", "no/such.ndjson");
    assertRefused("no/such", "dry-run", "--contracts", "no/such", "--reports", DETECTION);
    assertRefused("no/such", "dry-run", "--policies", "no/such", "--reports", DETECTION);
    assertRefused("--reports", "dry-run");
  }

  private DryRun dryRunWith(String contract) throws Exception {
    return dryRun("--contracts", folder(contract).toString(), "--reports", DETECTION);
  }

  private static DryRun dryRun(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("dry-run", "--format", "json"));
    command.addAll(List.of(options));
    return DryRun.of(ChildJvm.run(command.toArray(new String[0])));
  }

  private Path folder(String contract) throws IOException {
    return Commands.contracts(folder, contract);
  }
}
