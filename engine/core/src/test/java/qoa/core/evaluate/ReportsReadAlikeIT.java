package qoa.core.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.decode.OddMessages;
import qoa.core.decode.ReportDecoder;
import qoa.core.decode.UndecodableException;
import qoa.core.evaluate.opa.OpaEvaluator;
import qoa.core.evaluate.plan.PlanEvaluator;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportBounds;
import qoa.core.model.Verdict;
import qoa.core.policies.OpaBinary;
import qoa.core.policies.PolicyLoader;
import qoa.core.settings.EvaluationConfig;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.core.windows.ClosedWindow;
import qoa.rego.budget.Budget;
import qoa.rego.budget.Limits;
import qoa.rego.value.JsonReader;
import qoa.testing.RecordedFiles;

/**
 * Whatever report the decoder takes in: the plan can read all of it, and OPA too, and to both it is
 * the same.
 */
class ReportsReadAlikeIT {

  private static final long NOW = 1_795_430_000_000L;
  private static final int REPORTS = Integer.getInteger("qoa.reports", 4_000);
  private static final int TO_OPA = 400;

  /** Whatever they hold, these can be walked within the limits of an evaluation. */
  private static final int LARGE = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Touches every key, string and number. */
  private static final String TOUCHES_ALL =
      """
      package touches.all

      met contains {"constraint": "written", "message": crypto.sha256(json.marshal(input.report))}

      met contains {"constraint": "walked", "observed": [value | walk(input.report, [_, value]); value < 1]}

      met contains {"constraint": "metrics", "observed": count(input.metrics)}

      met contains {"constraint": "returned", "observed": input.report}
      """;

  @TempDir Path folder;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final ReportDecoder decoder =
      new ReportDecoder(
          new LimitsConfig(
              1 << 20, ReportBounds.DEPTH, Duration.ofDays(1), 10, EvaluationConfig.defaults()));
  private PolicyEvaluator plan;
  private Contract contract;
  private Revision revision;

  @BeforeEach
  void prepare() throws Exception {
    System.out.println("ReportsReadAlikeIT: -Dseed=" + seed);
    Files.writeString(folder.resolve("touches.rego"), TOUCHES_ALL);
    contract = RandomCases.contract("all", "touches.all", JSON.readTree("{\"id\":\"all\"}"));
    revision = Revision.of(PolicyLoader.load(folder), new ContractSet(List.of(contract)));
    plan =
        new PlanEvaluator(
            new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(60)),
            Clock.systemUTC());
    plan.prepare(revision);
  }

  @AfterEach
  void close() {
    plan.close();
  }

  @Test
  void thePlanReadsWhateverTheDecoderTakesIn() throws Exception {
    List<Evaluation> evaluations = new ArrayList<>();
    OddMessages messages = new OddMessages(seed, NOW, RecordedFiles.FOLDER);
    while (evaluations.size() < REPORTS) {
      byte[] message = messages.next();
      if (message != null && message.length < LARGE) {
        add(evaluations, message);
      }
    }
    assertRead(evaluations, plan.evaluate(evaluations));
  }

  @Test
  void planAndOpaReadTheSame() throws Exception {
    List<Evaluation> evaluations = new ArrayList<>();
    odd().forEach(message -> add(evaluations, message));
    assertThat(evaluations).hasSameSizeAs(odd());
    OddMessages messages = new OddMessages(seed, NOW, RecordedFiles.FOLDER);
    while (evaluations.size() < TO_OPA) {
      byte[] message = messages.next();
      if (message != null && message.length < LARGE) {
        add(evaluations, message);
      }
    }
    List<Outcome> here = plan.evaluate(evaluations);
    assertRead(evaluations, here);
    try (PolicyEvaluator opa =
        OpaEvaluator.create(OpaConfig.managed(), OpaBinary.locate().path())) {
      opa.prepare(revision);
      List<Outcome> there = opa.evaluate(evaluations);
      assertRead(evaluations, there);
      for (int i = 0; i < here.size(); i++) {
        assertThat(shown(there.get(i))).as(text(evaluations.get(i))).isEqualTo(shown(here.get(i)));
      }
    }
  }

  /** Each is taken in, and was once read by one and not, or otherwise, by another. */
  private static List<byte[]> odd() {
    List<String> values =
        List.of(
            "{\"" + "k".repeat(60_000) + "\":1}",
            "\"" + "x".repeat(900_000) + "\"",
            "[".repeat(ReportBounds.DEPTH - 1) + "]".repeat(ReportBounds.DEPTH - 1),
            "[0e-9999,0E+9999,-0.0,-0,5e-324,1.7976931348623157e308]",
            "[1e0000000000000000000001,0.%s1]".formatted("0".repeat(300)),
            "[0.%s]".formatted("7".repeat(990)),
            "\"\\ud800 \\udc00\\ud800 \\ud83d\\ude00 \\uD83D\"",
            collidingKeys(2_000));
    List<byte[]> messages = new ArrayList<>();
    for (String value : values) {
      String report =
          "{\"metadata\":{\"application\":\"a\"},\"report\":{\"m\":1},\"other\":" + value + "}";
      messages.add(report.getBytes(UTF_8));
      messages.add(("\ufeff  " + report + "\n").getBytes(UTF_8));
    }
    return messages;
  }

  /** To a table that hashes as Java's strings do, or with 33 for 31, the keys are all the same. */
  private static String collidingKeys(int many) {
    StringBuilder object = new StringBuilder("{\"a\":1");
    for (List<String> pair : List.of(List.of("Aa", "BB"), List.of("Aa", "B@"))) {
      for (int i = 0; i < many; i++) {
        object.append(",\"").append(pair);
        for (int bit = 0; bit < 16; bit++) {
          object.append(pair.get(i >> bit & 1));
        }
        object.append("\":").append(i);
      }
    }
    return object.append('}').toString();
  }

  /**
   * What a policy costs that looks at a report with keys that collide is linear in their number.
   */
  @Test
  void keysThatCollideCostNoMoreThanOthers() throws Exception {
    byte[] message =
        ("{\"metadata\":{\"application\":\"a\"},\"report\":{\"m\":1},\"other\":"
                + collidingKeys(9_000)
                + "}")
            .getBytes(UTF_8);
    List<Evaluation> evaluations = new ArrayList<>();
    add(evaluations, message);
    assertThat(evaluations).hasSize(1);
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      JsonReader.read(new String(message, UTF_8), Budget.UNLIMITED);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private void add(List<Evaluation> evaluations, byte[] message) {
    try {
      RawReport raw = new RawReport(new Partition("reports", 0), 1, NOW, null, message, List.of());
      Report report = decoder.decode(raw);
      evaluations.add(new Evaluation(contract, ClosedWindow.ofReport("all", report)));
    } catch (UndecodableException e) {
      // Not taken in.
    }
  }

  private static void assertRead(List<Evaluation> evaluations, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      String text = text(evaluations.get(i));
      Outcome outcome = outcomes.get(i);
      assertThat(outcomes.get(i))
          .as(() -> outcome + " of " + text)
          .isInstanceOf(Outcome.Defined.class);
      assertThat(((Outcome.Defined) outcomes.get(i)).verdicts()).hasSize(4);
    }
  }

  /** Numbers by their value: a reader of JSON has a double where another has an integer. */
  private static List<String> shown(Outcome outcome) {
    List<String> verdicts = new ArrayList<>();
    for (Verdict verdict : ((Outcome.Defined) outcome).verdicts()) {
      StringBuilder text =
          new StringBuilder(verdict.promise().constraint()).append(verdict.finding().message());
      append(text, verdict.finding().observed());
      verdicts.add(text.toString());
    }
    return verdicts;
  }

  private static void append(StringBuilder text, JsonNode value) {
    if (value != null && value.isContainerNode()) {
      value.forEach(item -> append(text, item));
    } else {
      text.append(' ').append(value == null || value.isNull() ? null : value.asDouble() + 0.0);
    }
  }

  private static String text(Evaluation evaluation) {
    String text = new String(evaluation.input().report().raw().value(), UTF_8);
    return text.substring(0, Math.min(500, text.length()));
  }
}
