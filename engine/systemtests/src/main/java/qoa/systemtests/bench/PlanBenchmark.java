package qoa.systemtests.bench;

import java.io.IOException;
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
import qoa.rego.EvaluationOptions;
import qoa.rego.PreparedPlan;
import qoa.rego.Thresholds;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

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
  private PreparedPlan plan;
  private RegoValue met;
  private RegoValue violated;
  private EvaluationOptions options;

  @Setup
  public void prepare() throws IOException {
    plan = Thresholds.plan();
    met = Thresholds.input(0.05, 0.5);
    violated = Thresholds.input(0.2, 0.95);
    options = EvaluationOptions.at(1_763_900_000_000_000_000L);
  }

  /** No violation. */
  @Benchmark
  public RegoSet met() {
    return plan.evaluate(Thresholds.ENTRYPOINT, met, RegoObject.empty(), options);
  }

  /** Two violations. */
  @Benchmark
  public RegoSet violated() {
    return plan.evaluate(Thresholds.ENTRYPOINT, violated, RegoObject.empty(), options);
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(PlanBenchmark.class.getSimpleName()).build()).run();
  }
}
