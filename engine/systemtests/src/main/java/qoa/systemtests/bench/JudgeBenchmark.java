package qoa.systemtests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractLoader;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.decode.ReportDecoder;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.evaluate.opa.OpaEvaluator;
import qoa.core.evaluate.plan.PlanEvaluator;
import qoa.core.model.EvaluationInput;
import qoa.core.model.MetricSummary;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.StageSummary;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.core.policies.OpaBinary;
import qoa.core.policies.PolicyLoader;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.core.windows.ClosedWindow;
import qoa.rego.budget.Limits;

/**
 * How long {@code qoa.contract} takes from an evaluation's input to its verdicts: as a plan in this
 * process, and on an OPA server that is given 256 inputs a query. {@code main} runs both, from the
 * engine folder.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(JudgeBenchmark.BATCH)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g"})
public class JudgeBenchmark {
  static final int BATCH = 256;

  private static final Path ROOT = Path.of("..", "..");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double OBSERVED = 0.05;

  /** Which evaluator judges. */
  public enum By {
    PLAN,
    OPA_SERVER
  }

  /** What is judged. */
  public enum What {
    /** A window: 12 constraints in 12 groups over 3 stages, all kept. */
    TWELVE_MET,
    /** The same, all broken, so that messages are made. */
    TWELVE_VIOLATED,
    /** Recorded reports, each by the two constraints of {@code object-detection-requests}. */
    EACH_REPORT
  }

  @Param private By by;
  @Param private What what;

  private PolicyEvaluator evaluator;
  private List<Evaluation> batch;

  @Setup
  public void prepare() throws Exception {
    Contract contract =
        switch (what) {
          case TWELVE_MET -> twelve(0.1);
          case TWELVE_VIOLATED -> twelve(0.01);
          case EACH_REPORT ->
              ContractLoader.load(ROOT.resolve("contracts"))
                  .find("object-detection-requests")
                  .orElseThrow();
        };
    batch = what == What.EACH_REPORT ? recorded(contract) : windows(contract);
    evaluator = evaluator();
    evaluator.prepare(
        Revision.of(
            PolicyLoader.load(ROOT.resolve("policies")), new ContractSet(List.of(contract))));
  }

  private PolicyEvaluator evaluator() throws Exception {
    return by == By.PLAN
        ? new PlanEvaluator(Limits.DEFAULT, Clock.systemUTC())
        : OpaEvaluator.create(OpaConfig.managed(), OpaBinary.locate().path());
  }

  @TearDown
  public void close() {
    evaluator.close();
  }

  /** Twelve promises that hold, or do not, by the limit. */
  private static Contract twelve(double limit) {
    ObjectNode document = JSON.createObjectNode().put("id", "twelve");
    document.putArray("stakeholders").addObject().put("id", "sea").put("roles", "ml_provider");
    ArrayNode groups = document.putObject("quality").putArray("service");
    for (int i = 0; i < 12; i++) {
      ObjectNode group = groups.addObject().put("name", "promise-" + i).put("provider", "sea");
      group.put("stage", "stage-" + i % 3).put("severity", "major").putArray("consumers").add("u1");
      ObjectNode constraint = group.putArray("constraint_list").addObject();
      constraint.putObject("metrics").put("metric_name", "metric-" + i / 3);
      constraint.putObject("condition").put("operator", "less_equal").put("value", limit);
      constraint.put("aggregate_function", "AVERAGE");
    }
    return new Contract(
        "twelve", "1", "*", "qoa.contract", new Schedule.EachReport(), List.of(), document, "");
  }

  private static List<Evaluation> windows(Contract contract) {
    List<Evaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      Map<String, MetricSummary> metrics = new TreeMap<>();
      for (int m = 0; m < 4; m++) {
        double v = OBSERVED + (i * 4 + m) / 1e6;
        metrics.put(
            "metric-" + m, new MetricSummary(null, 9, v, v, v, v, v, v, v, v, v, null, null, null));
      }
      Map<String, StageSummary> stages = new TreeMap<>();
      for (int s = 0; s < 3; s++) {
        stages.put("stage-" + s, new StageSummary(new TreeSet<>(List.of("i-1", "i-2")), metrics));
      }
      Window window = Window.tumbling(1_795_428_000_000L + i * 10_000L, 10_000);
      EvaluationInput input =
          EvaluationInput.ofWindow(
              contract.id(),
              "app",
              window,
              new WindowSummary(9, stages, metrics, null, null, null));
      evaluations.add(new Evaluation(contract, input));
    }
    return evaluations;
  }

  private static List<Evaluation> recorded(Contract contract) throws Exception {
    ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());
    Partition source = new Partition("reports", 0);
    List<Evaluation> evaluations = new ArrayList<>();
    while (evaluations.size() < BATCH) {
      for (String line :
          Files.readAllLines(ROOT.resolve("testdata/reports/object-detection-ml.ndjson"))) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        RawReport raw = new RawReport(source, evaluations.size(), 0, null, bytes, List.of());
        evaluations.add(
            new Evaluation(contract, ClosedWindow.ofReport(contract.id(), decoder.decode(raw))));
      }
    }
    return evaluations.subList(0, BATCH);
  }

  /** Judges the batch; the time is that of one evaluation. */
  @Benchmark
  public List<Outcome> judge() throws Exception {
    return evaluator.evaluate(batch);
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(JudgeBenchmark.class.getSimpleName()).build()).run();
  }
}
