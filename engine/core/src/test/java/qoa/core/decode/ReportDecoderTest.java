package qoa.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.settings.LimitsConfig;

class ReportDecoderTest {

  private static final Path REPORTS = Path.of("../../testdata/reports");
  private static final long NOW = 1_795_430_000_000L;
  private static final String METADATA =
      "\"metadata\":{\"client_config\":{\"application_name\":\"shop\",\"stage_id\":\"web\","
          + "\"instance_id\":\"w1\"},\"timestamp\":1795428000.25}";

  private final ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());

  @ParameterizedTest
  @CsvSource({
    "object-detection-ml, ML, object_detection_teaching",
    "object-detection-chained, ML, object_detection_teaching",
    "bts-ml, ML, bts_prediction",
    "rohe, ROHE, object_classification_ensemble",
    "general, GENERAL, bts_prediction",
    "container, CONTAINER, object_detection_teaching",
    "client-2022, CLIENT_2022, object_detection_teaching"
  })
  void decodesEveryRecordedLine(String file, ReportKind kind, String application) throws Exception {
    for (String line : lines(file)) {
      Report report = decode(line);
      assertThat(report.kind()).isEqualTo(kind);
      assertThat(report.application()).isEqualTo(application);
      assertThat(report.eventTime()).isBetween(1_795_428_000_000L, 1_795_428_100_000L);
      assertThat(report.observations()).allMatch(o -> o.stage() != null && o.instance() != null);
    }
  }

  @Test
  void tellsProbesOfSystemAndProcessApart() throws Exception {
    List<ReportKind> kinds = new java.util.ArrayList<>();
    for (String line : lines("probes")) {
      kinds.add(decode(line).kind());
    }
    assertThat(kinds).containsOnly(ReportKind.SYSTEM, ReportKind.PROCESS);
  }

  @Test
  void takesApplicationUnknown_whenASampleOf2023HasNoMetadata() throws Exception {
    Report report = decode(lines("report-2023").get(0));
    assertThat(report.kind()).isEqualTo(ReportKind.CLIENT_2023);
    assertThat(report.application()).isEqualTo("unknown");
    assertThat(report.eventTime()).isEqualTo(NOW); // the timestamp of the record
    assertThat(observed(report, "confidence"))
        .extracting(Observation::stage)
        .contains("MLInference Ensemble", "MLInference Aggregate");
  }

  @Test
  void flattensRecordsThatAreObjects() throws Exception {
    Report report =
        decode(
            "{"
                + METADATA
                + ",\"service\":{\"gate\":{\"metrics\":{\"response_time\":{\"g1\":{\"unit\":\"s\","
                + "\"records\":[{\"startTime\":7,\"responseTime\":0.12},0.13]}},"
                + "\"m\":{\"g1\":{\"records\":[{\"a\":1,\"b\":{\"c\":2},\"ok\":true,\"s\":\"x\"}]}}}}}}");
    assertThat(report.observations())
        .containsExactly(
            new Observation("gate", "g1", "response_time.startTime", "s", 7, false),
            new Observation("gate", "g1", "response_time", "s", 0.12, false),
            new Observation("gate", "g1", "response_time", "s", 0.13, false),
            new Observation("gate", "g1", "m.a", null, 1, false),
            new Observation("gate", "g1", "m.b.c", null, 2, false),
            new Observation("gate", "g1", "m.ok", null, 1, true));
    assertThat(report.eventTime()).isEqualTo(1_795_428_000_250L);
  }

  @Test
  void readsMetadataThatComesLast() throws Exception {
    Report report = decode("{\"report\":{\"queue\":3}," + METADATA + "}");
    assertThat(report.kind()).isEqualTo(ReportKind.USER_DEFINED);
    assertThat(report.observations())
        .containsExactly(new Observation("web", "w1", "queue", null, 3, false));
  }

  @Test
  void findsTheStageOfAnInference_byItsInstance() throws Exception {
    Report report = decode(lines("object-detection-chained").get(0));
    assertThat(observed(report, "confidence"))
        .extracting(Observation::stage)
        .containsExactly("ml_inference");
  }

  @Test
  void countsALinkedInferenceOnce() throws Exception {
    int inferences = 0;
    for (String line : lines("rohe")) {
      List<Observation> confidences = observed(decode(line), "confidence");
      inferences += confidences.size();
      assertThat(confidences).extracting(Observation::instance).doesNotHaveDuplicates();
    }
    assertThat(inferences).isPositive();
  }

  @Test
  void namesUsageOfProbes() throws Exception {
    Report report =
        decode(
            "{\"type\":\"process\",\"metadata\":{\"pid\":\"42\"},\"timestamp\":1795428000,"
                + "\"cpu\":{\"usage\":{\"child_process\":1,\"value\":{\"child_0\":1.5},"
                + "\"total\":3,\"unit\":\"cputime\"}},"
                + "\"mem\":{\"usage\":{\"rss\":{\"value\":180,\"unit\":\"Mb\"}}}}");
    assertThat(report.kind()).isEqualTo(ReportKind.PROCESS);
    assertThat(report.observations())
        .containsExactly(
            new Observation("process", "42", "cpu_usage.child_0", "cputime", 1.5, false),
            new Observation("process", "42", "cpu_usage", "cputime", 3, false),
            new Observation("process", "42", "memory_usage.rss", "Mb", 180, false),
            new Observation("process", "42", "memory_usage", "Mb", 180, false));
  }

  @Test
  void saysWhere_whenATypeIsWrong() {
    UndecodableException e =
        failure(
            ("{"
                    + METADATA
                    + ",\"service\":{\"web\":{\"metrics\":{\"m\":{\"i\":{\"records\":5}}}}}}")
                .getBytes(UTF_8));
    assertThat(e)
        .hasMessage("/service/web/metrics/m/i/records: records must be an array, not a number");
  }

  /** Each kind of name in a report, at the place of N. All names contain a letter of two bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata':{'application':'N'},'report':{'m':1}}",
        "{'metadata':{'application':'a','stage_id':'N'},'report':{'m':1}}",
        "{'metadata':{'application':'a','instance_id':'N'},'report':{'m':1}}",
        "{'metadata':{'application':'a','instance_name':'N'},'report':{'m':1}}",
        "{'metadata':{'node_name':'N'},'cpu':1}",
        "{'metadata':{'application':'a'},'report':{'N':1}}",
        "{'metadata':{'application':'a'},'quality':{'N':1}}",
        "{'metadata':{'application':'a'},'service':{'N':{'metrics':{'m':{'i':{'records':[1]}}}}}}",
        "{'metadata':{'application':'a'},'service':{'s':{'metrics':{'N':{'i':{'records':[1]}}}}}}",
        "{'metadata':{'application':'a'},'service':{'s':{'metrics':{'m':{'N':{'records':[1]}}}}}}",
        "{'metadata':{'application':'a'},'data':{'s':{'metrics':{'m':{'i':{'unit':'N'}}}}}}",
        "{'metadata':{'application':'a'},'ml_inference':{'N':{'metrics':[]}}}",
        "{'metadata':{'application':'a'},'ml_inference':{'i':{'instance_id':'N'}}}",
        "{'metadata':{'application':'a'},'metrics':[{'records':[1],'metric_name':'N'}]}",
        "{'metadata':{'application':'a'},'metrics':[{'metric_name':'m','stage':'N'}]}",
        "{'metadata':{'application':'a'},'metrics':[{'metric_name':'m','instance':'N'}]}",
        "{'metadata':{'application':'a'},'metrics':[{'metric_name':'m','instance':{'id':'N'}}]}",
        "{'metadata':{'application':'a'},'quality':{'service':{'N':{'m':{'i':1}}}}}",
        "{'metadata':{'application':'a'},'quality':{'service':{'s':{'N':{'i':1}}}}}",
        "{'metadata':{'application':'a'},'quality':{'service':{'s':{'m':{'N':1}}}}}",
        "{'metadata':{'application':'a'},'container_reports':[{'metadata':{'id':'N'}}]}"
      })
  void refusesANameOf513Bytes_andTakesOneOf512(String form) throws Exception {
    String longest = "n" + "\u00e9".repeat(255) + "n";
    assertThat(decode(form.replace('\'', '"').replace("N", longest))).isNotNull();
    UndecodableException e = failure(form.replace('\'', '"').replace("N", longest + "n"));
    assertThat(e.reason()).isEqualTo(Reason.NAME_TOO_LONG);
    assertThat(e.getMessage()).startsWith("/").contains("512").hasSizeLessThan(400);
  }

  /** The name of a metric and its path count together, in any order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata':{'application':'a'},'report':{'mm':{'N':1}}}",
        "{'metadata':{'application':'a'},'report':{'N':[1]}}",
        "{'metadata':{'application':'a'},'metrics':[{'records':[{'N':1}],'metric_name':'mm'}]}",
        "{'metadata':{'application':'a'},'quality':{'service':{'s':{'mm':{'i':{'N':1}}}}}}",
        "{'metadata':{'application':'a'},'cpu':{'N':[]},'mem':{'usage':{'N':1}}}",
        "{'metadata':{'application':'a'},'proc_cpu_stats':{'7':{'N':1}}}",
      })
  void refusesAPathOfMoreThan512Bytes(String form) throws Exception {
    String usage =
        form.contains("proc") ? "cpu_usage" : form.contains("mem") ? "memory_usage" : "mm";
    String longest = "n".repeat(512 - 1 - (form.contains("[1]") ? 1 : usage.length()));
    assertThat(decode(form.replace('\'', '"').replace("N", longest)).observations())
        .extracting(o -> o.metric().length())
        .containsExactly(512);
    UndecodableException e = failure(form.replace('\'', '"').replace("N", longest + "n"));
    assertThat(e.reason()).isEqualTo(Reason.NAME_TOO_LONG);
    assertThat(e.getMessage()).startsWith("/").contains("512").hasSizeLessThan(400);
  }

  @Test
  void takesLongKeysThatNameNothing() throws Exception {
    String key = "k".repeat(60_000);
    Report report =
        decode(
            "{"
                + METADATA
                + ",\"report\":{\"m\":1,\"%s\":\"text\"},\"other\":{\"%s\":{\"%s\":7}}}"
                    .formatted(key, key, key));
    assertThat(report.observations()).hasSize(1);
  }

  @Test
  void takesNumbersThatADoubleHoldsJustSo() throws Exception {
    Report report =
        decode(
            "{"
                + METADATA
                + ",\"report\":{\"m\":[5e-324,1.7976931348623157e308,0e-9999,-0.0,1e0000000001,0.%s]}}"
                    .formatted("0".repeat(900)));
    assertThat(report.observations())
        .extracting(Observation::value)
        .containsExactly(4.9e-324, Double.MAX_VALUE, 0.0, -0.0, 10.0, 0.0);
  }

  @Test
  void countsAPartThatStandsForTheWholeOnce_howeverDeep() throws Exception {
    Report report =
        decode(
            "{\"metadata\":{\"node_name\":\"n\"},\"mem\":{\"usage\":"
                + "{\"rss\":".repeat(40)
                + "1"
                + "}".repeat(40)
                + "}}");
    assertThat(observed(report, "memory_usage")).hasSize(1);
    assertThat(report.observations()).hasSize(2);
  }

  @Test
  void refusesAReport_whenItsPartsThatStandForTheWholeMakeTooManyNumbers() {
    UndecodableException e =
        failure(
            "{\"metadata\":{\"node_name\":\"n\"},\"mem\":{\"usage\":{\"rss\":[1"
                + ",1".repeat(5_000)
                + "]}}}");
    assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(e).hasMessage("/mem/usage/rss: more than 10,000 numbers in one report");
  }

  @Test
  void saysTheBoundAndTheSetting_whenAReportIsTooDeep() {
    UndecodableException e =
        failure("{" + METADATA + ",\"other\":" + "[".repeat(200) + "]".repeat(200) + "}");
    assertThat(e)
        .hasMessage("/other/0/0/0/0/…/0: nested deeper than limits.report-depth, which is 100");
  }

  @Test
  void saysTheByte_whenAReportIsNotJson() {
    assertThat(failure("\ufeff{\"\u00e9\u20ac\ud83d\ude00\":x}")).message().endsWith(" at byte 16");
  }

  @TestFactory
  Stream<DynamicTest> refusesHostileMessages_withTheReason() {
    return HostileMessages.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      UndecodableException e = failure(entry.getValue().value());
                      assertThat(e.reason())
                          .as(e.getMessage())
                          .isEqualTo(entry.getValue().reason());
                      assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("Exception");
                    }));
  }

  @Test
  void decodesAgain_afterAHostileMessage() throws Exception {
    for (HostileMessages.Hostile hostile : HostileMessages.all().values()) {
      failure(hostile.value());
      assertThat(decode("{" + METADATA + ",\"report\":{\"m\":1}}").observations()).hasSize(1);
    }
  }

  private UndecodableException failure(byte[] value) {
    return catchThrowableOfType(UndecodableException.class, () -> decoder.decode(raw(value)));
  }

  private UndecodableException failure(String text) {
    return failure(text.getBytes(UTF_8));
  }

  private Report decode(String text) throws UndecodableException {
    return decoder.decode(raw(text.getBytes(UTF_8)));
  }

  private static RawReport raw(byte[] value) {
    return new RawReport(new Partition("reports", 0), 1, NOW, null, value, List.of());
  }

  private static List<Observation> observed(Report report, String metric) {
    return report.observations().stream().filter(o -> o.metric().equals(metric)).toList();
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(REPORTS.resolve(file + ".ndjson"));
  }
}
