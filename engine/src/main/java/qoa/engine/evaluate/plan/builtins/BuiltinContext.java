package qoa.engine.evaluate.plan.builtins;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import qoa.engine.evaluate.plan.value.LimitException;

/** What one evaluation gives to the functions it calls. Used by one thread at a time. */
public abstract class BuiltinContext {
  /** What making one more element of a collection costs, so that steps bound memory, too. */
  public static final int ELEMENT_STEPS = 8;

  /** Null while there is nothing to remember. */
  private Map<Object, Object> memory;

  /** The evaluation's clock, in nanoseconds since 1970; the same during the whole evaluation. */
  public abstract long nowNanos();

  /** Random numbers of this evaluation; reproducible where the caller fixed the seed. */
  public abstract Random random();

  /**
   * Takes {@code steps} from the evaluation's budget. Functions call it in proportion to what they
   * are about to do where that is more than their arguments' sizes.
   *
   * @throws LimitException if the budget or the time is used up
   */
  public abstract void charge(long steps);

  /** What has been made of {@code key} before, in this evaluation or an earlier one of the plan. */
  public abstract <K, T> T cached(Class<T> type, K key, Function<? super K, ? extends T> make);

  /** Remembers {@code make}'s result for the rest of this evaluation. */
  @SuppressWarnings("unchecked")
  final <T> T remembered(Object key, Function<Object, T> make) {
    if (memory == null) {
      memory = new HashMap<>(4);
    }
    return (T) memory.computeIfAbsent(key, make);
  }

  /** Takes a line that {@code print} or {@code trace} writes; dropped unless overridden. */
  public void print(String line) {}
}
