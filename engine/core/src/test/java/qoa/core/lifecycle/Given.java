package qoa.core.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.model.DeadLetter;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Finding;
import qoa.core.model.MetricSummary;
import qoa.core.model.Partition;
import qoa.core.model.Position;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.StageSummary;
import qoa.core.model.Verdict;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;

/** What this package's tests start from. */
public final class Given {

  /** 2026-11-23T10:00:00Z. */
  public static final long TEN = 1_795_428_000_000L;

  public static final Partition PARTITION = new Partition("reports", 0);
  public static final String REVISION = "0011223344556677";
  static final String CONDITION = "{\"operator\":\"less_equal\",\"value\":0.1,\"unit\":\"s\"}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Given() {}

  public static Contract contract() {
    return contract("detector", new Schedule.Tumbling(10_000, 2_000));
  }

  /** One of an application and a schedule, which its document names. */
  static Contract contract(String application, Schedule schedule) {
    return new Contract(
        "object-detection",
        "1.2.0",
        application,
        "qoa.contract",
        schedule,
        List.of(new Contract.Stakeholder("aaltosea1", Set.of("ml_provider"))),
        JsonNodeFactory.instance.objectNode().put("evaluate", schedule.toString()),
        "contracts/object-detection.yaml");
  }

  /** The n-th window of ten seconds after ten o'clock, with response times at a gateway. */
  public static EvaluationInput window(int n, long reports) {
    Window window = new Window(TEN + n * 10_000L, TEN + (n + 1) * 10_000L);
    if (reports == 0) {
      WindowSummary empty = new WindowSummary(0, Map.of(), Map.of(), null, null, null);
      return EvaluationInput.ofWindow("object-detection", "detector", window, empty);
    }
    Map<String, MetricSummary> metrics = Map.of("response_time", responseTime(0.01, 0.9));
    StageSummary stage = new StageSummary(new TreeSet<>(Set.of("0b6e")), metrics);
    return EvaluationInput.ofWindow(
        "object-detection",
        "detector",
        window,
        new WindowSummary(reports, Map.of("gateway", stage), metrics, at(1), at(9), null));
  }

  /** A late report of the first window. */
  public static EvaluationInput late(long offset) {
    EvaluationInput in = window(0, 1);
    WindowSummary summary =
        new WindowSummary(
            1, in.summary().stages(), in.summary().metrics(), at(offset), at(offset), null);
    return new EvaluationInput(in.contract(), in.application(), in.window(), summary, null, true);
  }

  /** A report judged by itself. */
  public static EvaluationInput each(long offset) {
    RawReport raw =
        new RawReport(new Partition("reports", 0), offset, TEN, null, bytes("{}"), List.of());
    Report report = new Report(raw, ReportKind.ML, "detector", "", TEN, List.of());
    return new EvaluationInput(
        "object-detection",
        "detector",
        Window.moment(TEN),
        new WindowSummary(1, Map.of(), Map.of(), at(offset), at(offset), null),
        report,
        false);
  }

  static MetricSummary responseTime(double min, double max) {
    return new MetricSummary(
        "s",
        4,
        1.0,
        min,
        max,
        0.25,
        0.1,
        0.9,
        0.9,
        0.2,
        null,
        null,
        null,
        new MetricSummary.Evidence(at(2), at(8), at(3), at(5)));
  }

  static Position at(long offset) {
    return new Position("reports", 0, offset);
  }

  public static Verdict verdict(Verdict.Kind kind) {
    return verdict(kind, "gateway-latency", "gateway", CONDITION);
  }

  static Verdict verdict(Verdict.Kind kind, String constraint, String stage, String condition) {
    Promise promise =
        new Promise(
            new PromiseKey(constraint, "aaltosea1", stage, null),
            constraint,
            List.of("student1"),
            "response_time",
            "AVERAGE",
            json(condition),
            "major");
    return new Verdict(promise, new Finding(kind, JsonNodeFactory.instance.numberNode(0.25), null));
  }

  /** A verdict that names its promise, and has nothing else. */
  public static Verdict verdict(Verdict.Kind kind, PromiseKey key) {
    Promise promise = new Promise(key, key.name(), null, null, null, null, null);
    return new Verdict(promise, new Finding(kind, null, null));
  }

  /** The verdict of an older policy: a message, and nothing else. */
  public static Verdict message(String message) {
    return Verdict.ofMessage(Verdict.Kind.VIOLATED, null, message);
  }

  public static DeadLetter deadLetter(long offset, byte[] value) {
    RawReport raw =
        new RawReport(
            new Partition("reports", 0),
            offset,
            TEN,
            bytes("key"),
            value,
            List.of(
                new RawReport.Header("trace", bytes("a")),
                new RawReport.Header("empty", null),
                new RawReport.Header("trace", bytes("b"))));
    return new DeadLetter(raw, DeadLetter.Reason.NOT_JSON, "at byte 1:\nexpected a value");
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
