package qoa.rego;

import java.util.function.Consumer;

/**
 * How one evaluation runs.
 *
 * @param limits what it may use
 * @param nowNanos what {@code time.now_ns} gives: nanoseconds since 1970
 * @param strictBuiltinErrors whether a builtin's failure fails the evaluation; if not, the call is
 *     undefined
 * @param seed of the random numbers
 * @param printer takes the lines of {@code print} and {@code trace}; called on the evaluating
 *     thread
 */
public record EvaluationOptions(
    Limits limits,
    long nowNanos,
    boolean strictBuiltinErrors,
    long seed,
    Consumer<String> printer) {

  /** Default limits, lenient about builtin errors, prints dropped, seeded by the clock. */
  public static EvaluationOptions at(long nowNanos) {
    return new EvaluationOptions(Limits.DEFAULT, nowNanos, false, nowNanos, line -> {});
  }

  public EvaluationOptions withLimits(Limits newLimits) {
    return new EvaluationOptions(newLimits, nowNanos, strictBuiltinErrors, seed, printer);
  }

  public EvaluationOptions withStrictBuiltinErrors() {
    return new EvaluationOptions(limits, nowNanos, true, seed, printer);
  }
}
