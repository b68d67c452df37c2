package qoa.engine.evaluate.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What builtins make of their arguments and would make again in the next evaluation: compiled
 * patterns, schemas. Holds immutable things only, so that evaluations cannot see each other through
 * it. Shared by threads; forgets everything when it is full.
 */
final class MadeOnce {
  private static final int CAPACITY = 256;

  private record Key(Class<?> type, Object key) {}

  private final Map<Key, Object> made = new ConcurrentHashMap<>();

  <K, T> T get(Class<T> type, K key, Function<? super K, ? extends T> make) {
    Key both = new Key(type, key);
    Object known = made.get(both);
    if (known == null) {
      known = make.apply(key);
      if (made.size() >= CAPACITY) {
        made.clear();
      }
      made.put(both, known);
    }
    return type.cast(known);
  }
}
