package qoa.engine.evaluate.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a contract whose policy explodes from taking the time of its neighbours: after an
 * evaluation that reached a limit the contract is not evaluated for {@value #FACTOR} times as long
 * as that took, so that it gets at most a tenth of the thread. Times are those of {@link
 * System#nanoTime}. For any number of threads.
 */
final class Penalties {
  static final long FACTOR = 10;

  private final Map<String, Long> ends = new ConcurrentHashMap<>();

  /** Takes note of an evaluation that reached a limit. */
  void add(String contract, long start, long end) {
    ends.put(contract, end + (end - start) * FACTOR);
  }

  /** Whether a contract is not to be evaluated. */
  boolean isServedBy(String contract, long now) {
    Long end = ends.isEmpty() ? null : ends.get(contract);
    if (end == null) {
      return false;
    }
    if (end - now > 0) {
      return true;
    }
    ends.remove(contract);
    return false;
  }
}
