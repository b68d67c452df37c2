package qoa.rego.builtins;

import java.time.Duration;
import java.util.Random;
import qoa.rego.budget.Limits;

/** Contexts for functions that are called by themselves. */
public final class Contexts {
  private static final Limits LIMITS =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1));

  private Contexts() {}

  /** One that is never used up. */
  public static BuiltinContext unlimited() {
    return new BuiltinContext(LIMITS) {
      @Override
      public long nowNanos() {
        return 0;
      }

      @Override
      public Random random() {
        return new Random(1);
      }

      @Override
      protected <K, T> T madeBefore(Class<T> type, K key, Recipe<K, T> recipe) {
        recipe.price(key);
        return recipe.make(key);
      }
    };
  }
}
