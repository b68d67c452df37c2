package qoa.rego.machine;

import java.util.Random;
import qoa.rego.builtins.BuiltinContext;
import qoa.rego.builtins.Price;
import qoa.rego.builtins.Recipe;
import qoa.rego.value.Accumulators;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** The state of one evaluation; used by one thread, and dropped at its end. */
public final class RunState extends BuiltinContext {
  /** Stands in the memory for a rule that was found undefined; known by its identity. */
  private static final RegoValue UNDEFINED = RegoString.of("undefined");

  private final Settings settings;
  private final BuiltinCache made;
  private final RegoSet results = Accumulators.set(2);

  /** How deep calls are nested. */
  int depth;

  private RegoValue[] memory;

  /** Null where evaluations have nothing in common, and inside a {@code with}. */
  private FixedResults shared;

  private Random random;

  /** The fixed rule that is being computed, or null. */
  private FixedResults.Recording recording;

  /**
   * Begins an evaluation.
   *
   * @param made the cache of the plan
   * @param functions of the plan
   * @param shared results that evaluations have in common; null for none
   */
  public RunState(Settings settings, BuiltinCache made, int functions, FixedResults shared) {
    super(settings.limits());
    this.settings = settings;
    this.made = made;
    this.memory = new RegoValue[functions];
    this.shared = shared;
  }

  /** Whether a builtin's failure fails the evaluation. */
  public boolean isStrict() {
    return settings.strict();
  }

  /** Adds an answer of the entrypoint. */
  public void addResult(RegoValue result) {
    Accumulators.add(results, result);
  }

  /** The answers of the entrypoint. */
  public RegoSet results() {
    return results;
  }

  /** Is told of calls; null for none. */
  public CallListener listener() {
    return settings.listener();
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

  /** As {@link #recall}, of a fixed rule. */
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
    FixedResults.Result result = shared.get(function);
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
  FixedResults.Recording record() {
    if (shared == null) {
      return null;
    }
    recording = new FixedResults.Recording(recording, stepsLeft(), memoryLeft());
    return recording;
  }

  /** Ends what {@link #record} began. */
  void rememberFixed(int function, RegoValue result, FixedResults.Recording recorded) {
    remember(function, result);
    if (recorded != null) {
      shared.put(function, recorded.result(memory[function], stepsLeft(), memoryLeft()));
      recording = recorded.outer();
      if (recording != null) {
        recording.use(function);
      }
    }
  }

  /** What is known while input and data are what they are. */
  public static final class Scope {
    private final RegoValue[] memory;
    private final FixedResults shared;
    private final FixedResults.Recording recording;

    private Scope(RunState run) {
      memory = run.memory;
      shared = run.shared;
      recording = run.recording;
    }
  }

  /** Forgets all rules' results while input or data are other ones, and gives what to restore. */
  public Scope enterScope() {
    Scope outer = new Scope(this);
    charge(1 + memory.length / 16);
    reserve(4L * memory.length);
    memory = new RegoValue[memory.length];
    shared = null;
    recording = null;
    return outer;
  }

  /** Restores what {@link #enterScope} gave. */
  public void leaveScope(Scope outer) {
    memory = outer.memory;
    shared = outer.shared;
    recording = outer.recording;
  }

  @Override
  public long nowNanos() {
    return settings.nowNanos();
  }

  @Override
  public Random random() {
    if (random == null) {
      random = new Random(settings.seed());
    }
    return random;
  }

  @Override
  protected <K, T> T madeBefore(Class<T> type, K key, Recipe<K, T> recipe) {
    BuiltinCache.Made known = made.find(type, key);
    Price price = known != null ? known.price() : recipe.price(key);
    charge(price.steps());
    reserve(price.bytes());
    if (known == null) {
      known = new BuiltinCache.Made(recipe.make(key), price);
      made.put(type, key, known);
    }
    return type.cast(known.thing());
  }

  @Override
  public void print(String line) {
    settings.printer().accept(line);
  }
}
