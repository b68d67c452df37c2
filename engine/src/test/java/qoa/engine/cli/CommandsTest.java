package qoa.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.engine.Await;
import qoa.engine.ChildJvm;
import qoa.engine.ChildJvm.Result;
import qoa.engine.RecordedReports;
import qoa.engine.emit.EventSchema;
import qoa.engine.ingest.HostileMessages;

/** The command line as people run it: a process, what it prints, and its exit code. */
class CommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "1111111111.111";
  private static final String DETECTION = "testdata/reports/object-detection-ml.ndjson";

  /** A contract of one constraint on the detection service's gateway. */
  private static final String CONTRACT =
      """
      id: tiny
      version: 1.0.0
      application: object_detection_teaching
      evaluate: {window: 10s, grace: 2s}
      stakeholders: [{id: edge1, roles: [ml_infrastructure]}]
      quality:
        service:
          - name: latency
            stage: gateway
            provider: edge1
            constraint_list:
              - metrics: {metric_name: response_time}
                condition: {operator: %s, value: %s}
                aggregate_function: %s
      """;

  @TempDir private Path folder;

  /** What a dry run printed as JSON. */
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
      boolean unsure = count("undetermined") + count("failed") > 0 || count("evaluations") == 0;
      assertThat(exitCode).isEqualTo(count("violated") > 0 ? 3 : unsure ? 2 : 0);
    }
  }

  /** One after the other in one run, for each run takes seconds: most of them come late then. */
  @Test
  void dryRun_judgesEveryRecordedFile_withoutFailedEvaluations() throws Exception {
    Path all = folder.resolve("all.ndjson");
    int lines = 0;
    try (Stream<Path> files = Files.list(RecordedReports.FOLDER);
        OutputStream out = Files.newOutputStream(all)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
        out.write(Files.readAllBytes(file));
        lines += Files.readAllLines(file).size();
      }
    }

    DryRun run = dryRun("--reports", all.toString());

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

  /** A policy that failed has said why, an event each time; it was not silent. */
  @Test
  void dryRun_saysThatNoPolicySaidAnything_onlyWhereNoneFailed() throws Exception {
    Path contracts = folder(CONTRACT.formatted("less_equal", 1, "SUM"));
    Files.writeString(contracts.resolve("tiny.yaml"), "policy: shop\n", StandardOpenOption.APPEND);
    String[] command = {
      "dry-run",
      "--contracts",
      contracts.toString(),
      "--policies",
      folder.toString(),
      "--reports",
      DETECTION
    };

    Files.writeString(folder.resolve("shop.rego"), "package shop\n\nmet contains 1 if false\n");
    assertThat(ChildJvm.run(command).err()).contains("no policy said anything");
    Files.writeString(folder.resolve("shop.rego"), "package shop\n\nmet contains 1\n");
    Result failed = ChildJvm.run(command);
    assertThat(failed.out()).contains("POLICY ERROR");
    assertThat(failed.err()).doesNotContain("no policy said anything");
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
    RecordedReports detection = RecordedReports.of("object-detection-ml");
    RecordedReports prediction = RecordedReports.of("bts-ml");
    List<String> templates = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      var report = (i % 4 == 3 ? prediction : detection).next(1_111_111_111_111L);
      templates.add(new String(RecordedReports.bytes(report), StandardCharsets.UTF_8));
    }
    return templates;
  }

  @Test
  void check_saysValid_ofWhatTheProjectShips() throws Exception {
    Result result = ChildJvm.run("check");

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).startsWith("valid: 4 contracts, ");
  }

  @Test
  void check_goesByTheOptionsFolder_notByThatOfTheSettings() throws Exception {
    Path config = folder.resolve("engine.yaml");
    Files.writeString(config, "policies: policies\ncontracts: nope\n");

    assertRefused("engine.yaml:2: /contracts: is \"nope\"", "check", "-c", config.toString());

    String contracts = folder(CONTRACT.formatted("less_equal", 1, "SUM")).toString();
    Result result = ChildJvm.run("check", "-c", config.toString(), "--contracts", contracts);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).startsWith("valid: 1 contract, ");
  }

  @Test
  void check_namesFileAndLine_whenAPolicyHasASyntaxError() throws Exception {
    Files.writeString(folder.resolve("bad.rego"), "package shop\n\nviolation contains if if\n");

    assertRefused("bad.rego:3", "check", "--policies", folder.toString());
  }

  @Test
  void check_namesTheBuiltin_whenAPolicyReachesOut() throws Exception {
    Files.writeString(
        folder.resolve("out.rego"),
        """
        package shop

        violation contains {"message": "x"} if {
        \thttp.send({"method": "get", "url": "http://127.0.0.1"}).status_code == 200
        }
        """);

    Result result = assertRefused("http.send", "check", "--policies", folder.toString());
    assertThat(result.out()).contains("out.rego:4");
  }

  @Test
  void check_namesFileAndLine_whenAContractIsNoYaml() throws Exception {
    Path contracts = folder("id: tiny\nversion: [1\nevaluate: {each: report}\n");

    assertRefused("tiny.yaml:3", "check", "--contracts", contracts.toString());
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

  @Test
  void unknownWords_areNamed() throws Exception {
    assertRefused("--report", "dry-run", "--report", DETECTION);
    assertRefused(
        "qoa: unknown command chek; expected one of demo, run, dry-run, check, events, dead-letters;"
            + " did you mean check?\nSee: qoa --help",
        "chek");
    assertRefused(
        "qoa: unknown command x; expected one of list, show, redrive\nSee: qoa dead-letters --help",
        "dead-letters",
        "x");
  }

  @Test
  void wrongWords_areAnsweredWithThoseThatCanBeTyped() throws Exception {
    assertRefused("'--format': is xml; expected one of text, json\n", "check", "--format", "xml");
    assertRefused(
        "'--evaluator': is plan_or_opa; expected one of opa, plan, plan-or-opa; did you mean"
            + " plan-or-opa?",
        "check",
        "--evaluator",
        "plan_or_opa");
  }

  @Test
  void run_suggestsTheKey_whenOneInEngineYamlIsUnknown() throws Exception {
    Path config = folder.resolve("engine.yaml");
    Files.writeString(config, "commit-interval: 1s\nidle-timout: 5s\n");

    Result result = assertRefused("engine.yaml:2", "run", "-c", config.toString());
    assertThat(result.err()).contains("idle-timeout");
  }

  /** Exit code 1, what is wrong, and no stack trace. */
  private static Result assertRefused(String what, String... command) throws Exception {
    Result result = ChildJvm.run(command);
    assertNoStackTrace(result);
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.out() + result.err()).contains(what);
    return result;
  }

  private static void assertNoStackTrace(Result result) {
    assertThat(result.out() + result.err()).doesNotContain("\tat ", "Exception");
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
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(contracts.resolve("tiny.yaml"), contract);
    return contracts;
  }
}
