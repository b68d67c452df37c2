package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.engine.CannotRunException;
import qoa.core.engine.DryRun;
import qoa.core.model.RawReport;
import qoa.core.read.FileSource;
import qoa.core.sink.PrintingSink;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.run.ConfiguredDryRun;

/** The notes of a dry run. */
class DryRunNotesTest {

  private static final long NOW = 1_795_500_000_000L;
  private static final String CONTRACT =
      """
      id: tiny
      version: 1.0.0
      application: shop
      evaluate: {each: report}
      stakeholders: [{id: edge1, roles: [ml_provider]}]
      quality:
        service:
          - name: latency
            constraint_list:
              - metrics: {metric_name: response_time}
                condition: {operator: less_equal, value: 1}
                aggregate_function: AVERAGE
      """;
  private static final String REPORT =
      """
      {"metadata": {"client_config": {"application_name": "shop", "stage_id": "gateway",
       "instance_id": "i1"}, "timestamp": 1795428000},
       "service": {"gateway": {"metrics": {"response_time": {"i1": {"records": [0.5]}}}}}}
      """
          .replace("\n", "");

  @TempDir private Path folder;

  @Test
  void saysNothing_whereAllIsMet() throws Exception {
    assertThat(notes(CONTRACT, REPORT)).isEmpty();
  }

  @Test
  void tellsOfDeadLetters_notOfContracts_whereNothingElseIsThere() throws Exception {
    assertThat(notes(CONTRACT, "{", "{x", "{\"a\": 1}"))
        .containsExactly(
            "all messages are dead letters, so nothing was judged: 2 not_json, 1 unknown_shape",
            "not everything is known to be met: 3 dead letters, no verdict for tiny; see --allow");
    assertThat(notes(CONTRACT, "{", REPORT))
        .containsExactly(
            "1 dead letter: 1 not_json",
            "not everything is known to be met: 1 dead letter; see --allow");
  }

  @Test
  void saysSo_whereNothingWasRead() throws Exception {
    assertThat(notes(CONTRACT))
        .containsExactly(
            "there are no reports to read",
            "not everything is known to be met: no verdict for tiny; see --allow");
  }

  @Test
  void namesTheApplicationsThatNoContractAsksFor_andTheNearest() throws Exception {
    String shpo = REPORT.replace("\"shop\"", "\"shpo\"");
    String other = REPORT.replace("\"shop\"", "\"\\u001bfactory\"");
    assertThat(notes(CONTRACT, shpo, shpo, other))
        .containsExactly(
            "no contract is for application \\u001bfactory (1 report), shpo (2 reports;"
                + " did you mean shop?); contracts are for shop",
            "not everything is known to be met: no verdict for tiny; see --allow");
    assertThat(notes(CONTRACT.replace("application: shop", "application: '*'"), shpo)).isEmpty();
  }

  @Test
  void namesSomeOfManyApplications() throws Exception {
    String[] reports = new String[2_000];
    for (int i = 0; i < reports.length; i++) {
      reports[i] = REPORT.replace("\"shop\"", "\"app%05d\"".formatted(i));
    }
    assertThat(notes(CONTRACT, reports).get(0))
        .startsWith("no contract is for application app00000 (1 report), app00001")
        .endsWith("app00009 (1 report), and others; contracts are for shop");
  }

  @Test
  void namesMetricsWhoseNumbersWereSentAsTexts() throws Exception {
    String text = REPORT.replace("[0.5]", "[\"0.5\", {\"responseTime\": \"1e-1\", \"of\": \"x\"}]");
    assertThat(notes(CONTRACT, text, REPORT.replace("i1\"}", "i1\", \"run_id\": \"7\"}")))
        .containsExactly(
            "not observed, because the value is a string and not a number: response_time at gateway of"
                + " shop; send it without quotes",
            "not everything is known to be met: 1 undetermined verdict; see --allow");
  }

  @Test
  void tellsSilenceFromMet() throws Exception {
    policy("violation contains \"x\" if input.reports > 5\n");
    assertThat(notes(CONTRACT + "policy: own\n", REPORT, REPORT))
        .containsExactly(
            "2 evaluations gave no verdict, because the policy has only the rule violation; this does"
                + " not count as met",
            "not everything is known to be met: no verdict for tiny; see --allow");
  }

  /** A misspelt rule beside a correct {@code met} must not read as met. */
  @Test
  void isNotMet_whereTheRuleThatShouldTellIsMisspelt() throws Exception {
    policy(
        """
        mean := input.metrics.response_time.mean
        violatoin contains {"constraint": "a"} if mean > 0.1
        met contains {"constraint": "a"} if mean <= 0.1
        """);
    assertThat(notes(CONTRACT + "policy: own\n", REPORT, REPORT.replace("[0.5]", "[0.05]")))
        .containsExactly("not everything is known to be met: 1 undetermined verdict; see --allow");
  }

  @Test
  void refusesAReportWithoutATime_andSaysWhatToDo() throws Exception {
    String timeless = REPORT.replace(", \"timestamp\": 1795428000", "");
    assertThatThrownBy(() -> run(CONTRACT, RawReport.NO_TIME, REPORT, timeless))
        .isInstanceOf(CannotRunException.class)
        .hasMessage(
            "reports.ndjson:2: the report has no event time: expected metadata.timestamp or"
                + " timestamp, in seconds; or judge all that have none as of now with --timestamps"
                + " now");

    DryRun.Result asOfNow = run(CONTRACT, NOW, REPORT, timeless);
    assertThat(asOfNow.summary().met()).isEqualTo(2);
    assertThat(asOfNow.summary().deadLetters()).isZero();
  }

  private void policy(String rules) throws IOException {
    Files.createDirectories(folder.resolve("policies"));
    Files.writeString(folder.resolve("policies/own.rego"), "package own\n\n" + rules);
  }

  private List<String> notes(String contract, String... reports) throws Exception {
    DryRun.Result run = run(contract, RawReport.NO_TIME, reports);
    return DryRunNotes.of(run, ExitCode.of(run.summary(), Set.of()));
  }

  private DryRun.Result run(String contract, long time, String... reports) throws Exception {
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(contracts.resolve("tiny.yaml"), contract);
    Path own = folder.resolve("policies");
    EngineConfig config =
        EngineConfig.defaults()
            .judging(
                contracts,
                Files.exists(own) ? own : Path.of("..", "..", "policies"),
                Evaluator.PLAN);
    byte[] bytes = String.join("\n", reports).getBytes(StandardCharsets.UTF_8);
    try (FileSource source =
            new FileSource("reports.ndjson", new ByteArrayInputStream(bytes), time);
        PrintingSink sink = PrintingSink.text(new PrintStream(OutputStream.nullOutputStream()))) {
      return ConfiguredDryRun.run(config, source, sink, NOW, read -> {});
    }
  }
}
