package qoa.rego.machine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import qoa.rego.builtins.Price;

/**
 * Keeps patterns and the like that builtins compile from their arguments, for later evaluations of
 * the plan. Holds immutable objects only, so that evaluations cannot influence each other through
 * it. Shared by threads; drops everything when it is full.
 */
public final class BuiltinCache {
  /** Bytes, by the prices of its entries. */
  private static final long CAPACITY = 32L * 1024 * 1024;

  private static final int ENTRY_BYTES = 256;

  /** An object, and the cost of making it. */
  record Made(Object thing, Price price) {}

  private record Key(Class<?> type, Object key) {}

  private final Map<Key, Made> things = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** The entry of a key; null where there is none, or it was dropped. */
  Made find(Class<?> type, Object key) {
    return things.get(new Key(type, key));
  }

  /** Adds the entry of a key. */
  void put(Class<?> type, Object key, Made made) {
    long size = made.price().bytes() + ENTRY_BYTES;
    if (bytes.addAndGet(size) > CAPACITY) {
      things.clear();
      bytes.set(size);
    }
    things.put(new Key(type, key), made);
  }
}
