package qoa.engine.evaluate.plan;

import java.util.Random;
import qoa.engine.evaluate.plan.builtins.BuiltinContext;
import qoa.engine.evaluate.plan.value.Accumulators;
import qoa.engine.evaluate.plan.value.LimitException;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** The state of one evaluation; used by one thread, and dropped at its end. */
final class Evaluation extends BuiltinContext {
  /** Stands in the memory for a rule that was found undefined; known by its identity. */
  private static final RegoValue UNDEFINED = RegoString.of("undefined");

  /** Steps between two looks at the clock. */
  private static final int SLICE = 4096;

  private final EvaluationOptions options;
  private final MadeOnce madeOnce;
  final RegoSet results = Accumulators.set(2);
  int depth;

  private RegoValue[] memory;

  /** Null where evaluations have nothing in common: without a contract, and inside a with. */
  private SharedResults shared;

  private long stepsAfterSlice;
  private long slice;

  /** Set at the first look at the clock: most evaluations are over before it. */
  private long deadline;

  private boolean hasDeadline;
  private Random random;

  Evaluation(EvaluationOptions options, MadeOnce madeOnce, int functions, SharedResults shared) {
    this.options = options;
    this.madeOnce = madeOnce;
    this.memory = new RegoValue[functions];
    this.shared = shared;
    this.slice = Math.min(SLICE, options.limits().steps());
    this.stepsAfterSlice = options.limits().steps() - slice;
  }

  boolean isStrict() {
    return options.strictBuiltinErrors();
  }

  /** Takes one step from the budget. */
  void step() {
    if (--slice < 0) {
      nextSlice();
    }
  }

  @Override
  public void charge(long steps) {
    slice -= steps;
    if (slice < 0) {
      nextSlice();
    }
  }

  private void nextSlice() {
    stepsAfterSlice += slice;
    if (stepsAfterSlice < 0) {
      throw new LimitException("more than " + options.limits().steps() + " steps");
    }
    if (!hasDeadline) {
      hasDeadline = true;
      deadline = System.nanoTime() + options.limits().time().toNanos();
    } else if (System.nanoTime() - deadline > 0) {
      throw new LimitException("more than " + options.limits().time().toMillis() + " ms");
    }
    slice = Math.min(SLICE, stepsAfterSlice);
    stepsAfterSlice -= slice;
  }

  /** What {@link #remember} was given, {@link #UNDEFINED}, or null if it was given nothing. */
  RegoValue recall(int function) {
    return memory[function];
  }

  @SuppressWarnings("ReferenceEquality")
  RegoValue unlessUndefined(RegoValue recalled) {
    return recalled == UNDEFINED ? null : recalled;
  }

  void remember(int function, RegoValue result) {
    memory[function] = result == null ? UNDEFINED : result;
  }

  /** As {@link #recall}, of a rule that is the same in all evaluations of a contract. */
  RegoValue recallFixed(int function) {
    return shared == null ? memory[function] : shared.get(function);
  }

  void rememberFixed(int function, RegoValue result) {
    if (shared == null) {
      remember(function, result);
    } else {
      shared.put(function, result == null ? UNDEFINED : result);
    }
  }

  /** What is known while input and data are what they are. */
  record Scope(RegoValue[] memory, SharedResults shared) {}

  /** Forgets all rules' results while input or data are other ones, and gives what to restore. */
  Scope enterScope() {
    Scope outer = new Scope(memory, shared);
    memory = new RegoValue[memory.length];
    shared = null;
    return outer;
  }

  void leaveScope(Scope outer) {
    memory = outer.memory();
    shared = outer.shared();
  }

  @Override
  public long nowNanos() {
    return options.nowNanos();
  }

  @Override
  public Random random() {
    if (random == null) {
      random = new Random(options.seed());
    }
    return random;
  }

  @Override
  public <K, T> T cached(
      Class<T> type, K key, java.util.function.Function<? super K, ? extends T> make) {
    return madeOnce.get(type, key, make);
  }

  @Override
  public void print(String line) {
    options.printer().accept(line);
  }
}
