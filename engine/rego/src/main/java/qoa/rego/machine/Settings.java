package qoa.rego.machine;

import java.util.function.Consumer;
import qoa.rego.budget.Limits;

/**
 * How one evaluation runs.
 *
 * @param limits what it may use
 * @param nowNanos what {@code time.now_ns} gives: nanoseconds since 1970
 * @param strict whether a builtin's failure fails the evaluation; if not, the call is undefined
 * @param seed of the random numbers
 * @param printer takes the lines of {@code print} and {@code trace}
 * @param listener told of calls; null for none
 */
public record Settings(
    Limits limits,
    long nowNanos,
    boolean strict,
    long seed,
    Consumer<String> printer,
    CallListener listener) {

  /** The same with other limits. */
  public Settings withLimits(Limits other) {
    return new Settings(other, nowNanos, strict, seed, printer, listener);
  }

  /** The same where a builtin's failure fails the evaluation. */
  public Settings withStrict() {
    return new Settings(limits, nowNanos, true, seed, printer, listener);
  }

  /** The same with another seed. */
  public Settings withSeed(long other) {
    return new Settings(limits, nowNanos, strict, other, printer, listener);
  }

  /** The same with another printer. */
  public Settings withPrinter(Consumer<String> other) {
    return new Settings(limits, nowNanos, strict, seed, other, listener);
  }

  /** The same with another listener. */
  public Settings withListener(CallListener other) {
    return new Settings(limits, nowNanos, strict, seed, printer, other);
  }
}
