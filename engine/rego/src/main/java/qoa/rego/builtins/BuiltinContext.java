package qoa.rego.builtins;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import qoa.rego.budget.LimitedBudget;
import qoa.rego.budget.Limits;

/** An evaluation, as the functions that it calls see it. Used by one thread at a time. */
public abstract class BuiltinContext extends LimitedBudget {
  private record Made(Class<?> type, Object key) {}

  /** Null while there is nothing to remember. */
  private Map<Object, Object> memory;

  /** Within {@code limits}. */
  protected BuiltinContext(Limits limits) {
    super(limits);
  }

  /** The evaluation's clock, in nanoseconds since 1970; the same during the whole evaluation. */
  public abstract long nowNanos();

  /** Random numbers of this evaluation; reproducible where the caller fixed the seed. */
  public abstract Random random();

  /**
   * The object for {@code key}, from this evaluation, an earlier one, or made now. This evaluation
   * pays its price once in any case.
   */
  final <K, T> T made(Class<T> type, K key, Recipe<K, T> recipe) {
    Made both = new Made(type, key);
    Object known = memory().get(both);
    if (known == null) {
      known = madeBefore(type, key, recipe);
      memory().put(both, known);
    }
    return type.cast(known);
  }

  /** Pays for the object for {@code key}, and gives it, made now or by an earlier evaluation. */
  protected abstract <K, T> T madeBefore(Class<T> type, K key, Recipe<K, T> recipe);

  /** Remembers {@code make}'s result for the rest of this evaluation. */
  @SuppressWarnings("unchecked")
  final <T> T remembered(Object key, Function<Object, T> make) {
    if (!memory().containsKey(key)) {
      elements(4);
      memory().put(key, make.apply(key));
    }
    return (T) memory().get(key);
  }

  private Map<Object, Object> memory() {
    if (memory == null) {
      memory = new HashMap<>(4);
    }
    return memory;
  }

  /** Takes a line that {@code print} or {@code trace} writes; dropped unless overridden. */
  public void print(String line) {}
}
