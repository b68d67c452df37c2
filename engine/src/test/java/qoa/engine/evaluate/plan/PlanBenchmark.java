package qoa.engine.evaluate.plan;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/**
 * How long one evaluation of a policy of eight thresholds takes, of which none or two are broken.
 * The goal is less than a microsecond. {@code main} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlanBenchmark {
  static final String ENTRYPOINT = "thresholds/violation";

  private PreparedPlan plan;
  private RegoValue met;
  private RegoValue violated;
  private EvaluationOptions options;

  @Setup
  public void prepare() throws IOException {
    plan = plan();
    met = input(0.05, 0.5);
    violated = input(0.2, 0.95);
    options = EvaluationOptions.at(1_763_900_000_000_000_000L);
  }

  static PreparedPlan plan() throws IOException {
    try (InputStream in = PlanBenchmark.class.getResourceAsStream("thresholds/plan.json")) {
      return PreparedPlan.of(new JsonMapper().readTree(in));
    }
  }

  /** A report's metrics: all promises are kept but, perhaps, those for time and CPU. */
  static RegoObject input(double responseTime, double cpu) {
    RegoObject metrics =
        RegoObject.builder()
            .put("response_time", statistic("mean", responseTime))
            .put("accuracy", statistic("mean", 0.93))
            .put("cpu_usage", statistic("max", cpu))
            .put("memory_usage", statistic("max", 0.4))
            .put("error_rate", statistic("mean", 0.001))
            .put("queue_length", statistic("max", 12))
            .put("cost", statistic("sum", 0.7))
            .put("completeness", statistic("min", 0.99))
            .build();
    return RegoObject.builder().put("metrics", metrics).build();
  }

  private static RegoObject statistic(String name, double value) {
    return RegoObject.builder().put(name, RegoNumber.of(value)).build();
  }

  /** No violation. */
  @Benchmark
  public RegoSet met() {
    return plan.evaluate(ENTRYPOINT, met, RegoObject.empty(), options);
  }

  /** Two violations. */
  @Benchmark
  public RegoSet violated() {
    return plan.evaluate(ENTRYPOINT, violated, RegoObject.empty(), options);
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(PlanBenchmark.class.getSimpleName()).build()).run();
  }
}
