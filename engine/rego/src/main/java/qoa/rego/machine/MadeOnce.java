package qoa.rego.machine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import qoa.rego.builtins.Price;

/**
 * What builtins make of their arguments and would make again in the next evaluation: compiled
 * patterns, schemas. Holds immutable things only, so that evaluations cannot see each other through
 * it. Shared by threads; forgets everything when it is full.
 */
public final class MadeOnce {
  /** Bytes, by the prices of what it holds. */
  private static final long CAPACITY = 32L * 1024 * 1024;

  private static final int ENTRY_BYTES = 256;

  /** Something that was made, and what that cost. */
  record Made(Object thing, Price price) {}

  private record Key(Class<?> type, Object key) {}

  private final Map<Key, Made> things = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** What was made of a key; null where nothing was, or it was forgotten. */
  Made find(Class<?> type, Object key) {
    return things.get(new Key(type, key));
  }

  /** Takes what was made of a key. */
  void put(Class<?> type, Object key, Made made) {
    long size = made.price().bytes() + ENTRY_BYTES;
    if (bytes.addAndGet(size) > CAPACITY) {
      things.clear();
      bytes.set(size);
    }
    things.put(new Key(type, key), made);
  }
}
