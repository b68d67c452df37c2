package qoa.rego;

import java.util.function.Consumer;
import qoa.rego.budget.Limits;
import qoa.rego.machine.Settings;

/** How one evaluation runs. Immutable. */
public final class EvaluationOptions {
  final Settings settings;

  private EvaluationOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * Default limits, lenient about builtin errors, prints dropped, seeded by the clock, no trace.
   *
   * @param nowNanos what {@code time.now_ns} gives: nanoseconds since 1970
   */
  public static EvaluationOptions at(long nowNanos) {
    return new EvaluationOptions(
        new Settings(Limits.DEFAULT, nowNanos, false, nowNanos, line -> {}, null));
  }

  /** What an evaluation may use. */
  public Limits limits() {
    return settings.limits();
  }

  /** An evaluation may use {@code limits}. */
  public EvaluationOptions withLimits(Limits limits) {
    return new EvaluationOptions(settings.withLimits(limits));
  }

  /** A builtin's failure fails the evaluation; without this, the call is undefined. */
  public EvaluationOptions withStrictBuiltinErrors() {
    return new EvaluationOptions(settings.withStrict());
  }

  /** Random numbers derive from {@code seed}. */
  public EvaluationOptions withSeed(long seed) {
    return new EvaluationOptions(settings.withSeed(seed));
  }

  /**
   * The evaluating thread gives the lines of {@code print} and {@code trace} to {@code printer}.
   */
  public EvaluationOptions withPrinter(Consumer<String> printer) {
    return new EvaluationOptions(settings.withPrinter(printer));
  }

  /**
   * The evaluating thread tells {@code trace} of calls. The answers and the budget are the same as
   * without. Evaluations without a trace cost nothing for it; those with one take more time, and
   * the first one of a plan compiles it again.
   */
  public EvaluationOptions withTrace(Trace trace) {
    return new EvaluationOptions(settings.withListener(new TraceListener(trace)));
  }
}
