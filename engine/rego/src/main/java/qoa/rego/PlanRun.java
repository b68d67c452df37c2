package qoa.rego;

import java.util.Random;
import qoa.rego.builtins.BuiltinContext;
import qoa.rego.builtins.Price;
import qoa.rego.builtins.Recipe;
import qoa.rego.value.Accumulators;
import qoa.rego.value.LimitException;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** The state of one evaluation; used by one thread, and dropped at its end. */
final class PlanRun extends BuiltinContext {
  /** Stands in the memory for a rule that was found undefined; known by its identity. */
  private static final RegoValue UNDEFINED = RegoString.of("undefined");

  /** Steps between two looks at the thread's processor time. */
  private static final int SLICE = 4096;

  private final EvaluationOptions options;
  private final MadeOnce made;
  final RegoSet results = Accumulators.set(2);
  int depth;

  private RegoValue[] memory;

  /** Null where evaluations have nothing in common: without a contract, and inside a with. */
  private SharedResults shared;

  private long stepsAfterSlice;
  private long slice;
  private long memoryLeft;

  /** Of the thread's processor time; set at the first look at it: most are over before. */
  private long deadline;

  private boolean hasDeadline;
  private Random random;

  /** The rule being computed that is the same in all evaluations of a contract, or null. */
  private SharedResults.Recording recording;

  PlanRun(EvaluationOptions options, MadeOnce made, int functions, SharedResults shared) {
    this.options = options;
    this.made = made;
    this.memory = new RegoValue[functions];
    this.shared = shared;
    this.slice = Math.min(SLICE, options.limits().steps());
    this.stepsAfterSlice = options.limits().steps() - slice;
    this.memoryLeft = options.limits().memory();
  }

  boolean isStrict() {
    return options.strictBuiltinErrors();
  }

  @Override
  public void charge(long steps) {
    slice -= steps;
    if (slice < 0) {
      nextSlice();
    }
  }

  @Override
  public void reserve(long bytes) {
    memoryLeft -= bytes;
    if (memoryLeft < 0) {
      throw new LimitException("it needs more than " + options.limits().memory() + " bytes");
    }
  }

  private void nextSlice() {
    stepsAfterSlice += slice;
    if (stepsAfterSlice < 0) {
      slice = 0;
      throw new LimitException("it needs more than " + options.limits().steps() + " steps");
    }
    long now = ThreadTime.nanos();
    if (!hasDeadline) {
      hasDeadline = true;
      deadline = now + options.limits().time().toNanos();
    } else if (now - deadline > 0) {
      throw new LimitException(
          "it needs more than " + options.limits().time().toMillis() + " ms of processor time");
    }
    slice = Math.min(SLICE, stepsAfterSlice);
    stepsAfterSlice -= slice;
  }

  /** What it may still use. */
  long stepsLeft() {
    return stepsAfterSlice + slice;
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
    RegoValue known = memory[function];
    if (known == null && shared != null) {
      known = takeOver(function);
    }
    if (recording != null && known != null) {
      recording.use(function);
    }
    return known;
  }

  /**
   * Takes a result that an earlier evaluation computed, and pays what it cost, so that an
   * evaluation costs the same whatever was evaluated before it.
   */
  private RegoValue takeOver(int function) {
    SharedResults.Result result = shared.get(function);
    if (result == null) {
      return null;
    }
    memory[function] = result.value();
    charge(result.steps());
    reserve(result.bytes());
    if (recording != null) {
      recording.leaveOut(result.steps(), result.bytes());
    }
    for (int used : result.uses()) {
      if (memory[used] == null) {
        takeOver(used);
      }
    }
    return result.value();
  }

  /** Begins to compute a rule that {@link #recallFixed} does not know; gives what to end with. */
  SharedResults.Recording record() {
    if (shared == null) {
      return null;
    }
    recording = new SharedResults.Recording(recording, stepsLeft(), memoryLeft);
    return recording;
  }

  /** Ends what {@link #record} began. */
  void rememberFixed(int function, RegoValue result, SharedResults.Recording recorded) {
    remember(function, result);
    if (recorded != null) {
      shared.put(function, recorded.result(memory[function], stepsLeft(), memoryLeft));
      recording = recorded.outer();
      if (recording != null) {
        recording.use(function);
      }
    }
  }

  /** What is known while input and data are what they are. */
  record Scope(RegoValue[] memory, SharedResults shared, SharedResults.Recording recording) {}

  /** Forgets all rules' results while input or data are other ones, and gives what to restore. */
  Scope enterScope() {
    Scope outer = new Scope(memory, shared, recording);
    charge(1 + memory.length / 16);
    reserve(4L * memory.length);
    memory = new RegoValue[memory.length];
    shared = null;
    recording = null;
    return outer;
  }

  void leaveScope(Scope outer) {
    memory = outer.memory();
    shared = outer.shared();
    recording = outer.recording();
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
  protected <K, T> T madeBefore(Class<T> type, K key, Recipe<K, T> recipe) {
    MadeOnce.Made known = made.find(type, key);
    Price price = known != null ? known.price() : recipe.price(key);
    charge(price.steps());
    reserve(price.bytes());
    if (known == null) {
      known = new MadeOnce.Made(recipe.make(key), price);
      made.put(type, key, known);
    }
    return type.cast(known.thing());
  }

  @Override
  public void print(String line) {
    options.printer().accept(line);
  }
}
