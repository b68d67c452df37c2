package qoa.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

/**
 * The latest verdict of each promise of a contract that judges each report, so that only changes
 * are written. It holds up to {@value #MOST} promises and ignores further ones: a policy that makes
 * up a new promise for each report must not fill the memory.
 */
final class LatestStatuses {

  /** How many promises are held. */
  static final int MOST = 10_000;

  private final Map<PromiseKey, Latest> last = new HashMap<>();
  private long turn;

  private static final class Latest {
    Verdict.Kind kind;
    long turn;
  }

  /** Adds a status that was written before a restart. */
  void restore(Status status) {
    Latest latest = new Latest();
    latest.kind = status.verdict().kind();
    last.put(status.promise(), latest);
  }

  /**
   * Takes the verdicts of one report; the first verdict of a promise decides.
   *
   * @param verdicts the worst of them first
   * @return those that differ from the verdict before
   */
  List<Verdict> take(List<Verdict> verdicts) {
    turn++;
    List<Verdict> changed = List.of();
    for (Verdict verdict : verdicts) {
      PromiseKey promise = verdict.promise().key();
      Latest latest = last.get(promise);
      if (latest == null) {
        if (last.size() == MOST) {
          continue;
        }
        latest = new Latest();
        last.put(promise, latest);
      } else if (latest.turn == turn || latest.kind == verdict.kind()) {
        latest.turn = turn;
        continue;
      }
      latest.turn = turn;
      latest.kind = verdict.kind();
      if (changed.isEmpty()) {
        changed = new ArrayList<>();
      }
      changed.add(verdict);
    }
    return changed;
  }
}
