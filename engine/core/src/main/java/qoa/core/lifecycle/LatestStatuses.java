package qoa.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.model.Verdict;

/**
 * What was last said of each promise of a contract that judges each report, so that only what
 * changes is told. Beyond {@value #MOST} promises further ones are not told: a policy that makes up
 * a new promise for each report must not fill the memory.
 */
final class LatestStatuses {

  /** As many promises are told of. */
  static final int MOST = 10_000;

  private final Map<Promise, Said> last = new HashMap<>();
  private long turn;

  private static final class Said {
    Verdict.Kind kind;
    long turn;
  }

  /** Takes up what was told before a restart. */
  void restore(Status status) {
    Said said = new Said();
    said.kind = status.verdict().kind();
    last.put(status.promise(), said);
  }

  /**
   * Takes what was said of one report; the first verdict of a promise decides.
   *
   * @param verdicts the worst of them first
   * @return those that say something new
   */
  List<Verdict> take(List<Verdict> verdicts) {
    turn++;
    List<Verdict> changed = List.of();
    for (Verdict verdict : verdicts) {
      Promise promise = Promise.of(verdict);
      Said said = last.get(promise);
      if (said == null) {
        if (last.size() == MOST) {
          continue;
        }
        said = new Said();
        last.put(promise, said);
      } else if (said.turn == turn || said.kind == verdict.kind()) {
        said.turn = turn;
        continue;
      }
      said.turn = turn;
      said.kind = verdict.kind();
      if (changed.isEmpty()) {
        changed = new ArrayList<>();
      }
      changed.add(verdict);
    }
    return changed;
  }
}
