package qoa.core.evaluate.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a contract whose policy explodes from taking the time of its neighbours. After an
 * evaluation that used up its limits, the next ones of the contract get a hundredth of them: 2,
 * then 4, and so on to {@value #MOST}, until one with full limits ends by itself. So an explosion
 * for every report costs little more than a report's share, and a policy that is not at fault,
 * which needs less than that hundredth, is judged all the while.
 *
 * <p>It goes by the evaluations of a contract and an application alone, which come in the order of
 * the log, and never by a clock: a replay of the same reports comes to the same result. For any
 * number of threads, of which one judges an application.
 */
final class Penalties {
  static final int MOST = 256;

  /** More are kept together, by their contract: what senders choose does not fill the memory. */
  private static final int MAX_KEPT = 10_000;

  private record Key(String contract, String application) {}

  /**
   * @param failures evaluations in a row that used up full limits
   * @param left how many are still to have reduced limits
   */
  private record Penalty(int failures, int left) {}

  private final Map<Key, Penalty> penalties = new ConcurrentHashMap<>();

  /** Whether the next evaluation is to have reduced limits; counts it. */
  boolean isServedBy(String contract, String application) {
    if (penalties.isEmpty()) {
      return false;
    }
    Key key = key(contract, application);
    Penalty penalty = penalties.get(key);
    if (penalty == null || penalty.left == 0) {
      return false;
    }
    penalties.put(key, new Penalty(penalty.failures, penalty.left - 1));
    return true;
  }

  /** Takes note that an evaluation with full limits used them up. */
  void add(String contract, String application) {
    penalties.merge(
        key(contract, application),
        new Penalty(1, 2),
        (known, first) ->
            new Penalty(known.failures + 1, Math.min(MOST, 2 << Math.min(known.failures, 16))));
  }

  /** Takes note that an evaluation with full limits ended by itself. */
  void end(String contract, String application) {
    if (!penalties.isEmpty()) {
      penalties.remove(key(contract, application));
    }
  }

  /** How many are kept. */
  int size() {
    return penalties.size();
  }

  private Key key(String contract, String application) {
    Key key = new Key(contract, application);
    return penalties.size() < MAX_KEPT || penalties.containsKey(key) ? key : new Key(contract, "");
  }
}
