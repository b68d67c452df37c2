package qoa.core.windows;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;

/**
 * Which partitions have been read to their end, and since when: only then is silence
 * distinguishable from a backlog. A mark of a partition holds for a while. Without new marks the
 * engine that reads the partition may have stopped, and reports may be piling up there. Not safe
 * for several threads.
 */
public final class Liveness {

  /** Later than any time: the partition may hold unread reports. */
  public static final long BEHIND = Long.MAX_VALUE;

  private final long lease;
  private final Map<Partition, State> partitions = new HashMap<>();
  private long marks;

  private static final class State {
    long since = BEHIND;
    long markedAt;
    long lastMark;
    long markBefore;
  }

  /**
   * @param lease for how many milliseconds a mark holds
   */
  public Liveness(long lease) {
    this.lease = lease;
  }

  /** Expects reports of these partitions and no others; nothing is known of new ones yet. */
  public void expect(Set<Partition> expected) {
    partitions.keySet().retainAll(expected);
    expected.forEach(partition -> partitions.computeIfAbsent(partition, p -> new State()));
  }

  /**
   * Takes a mark of a partition; ignored where the partition is not expected.
   *
   * @param caughtUp whether it was read to its end
   * @param now the clock, in milliseconds
   */
  public void observe(Partition partition, boolean caughtUp, long now) {
    State state = partitions.get(partition);
    if (state == null) {
      return;
    }
    if (!caughtUp) {
      state.since = BEHIND;
    } else if (state.since == BEHIND || now - state.markedAt > lease) {
      state.since = now;
    }
    state.markedAt = now;
    state.markBefore = state.lastMark;
    state.lastMark = ++marks;
  }

  /** The number of marks so far, of all partitions. */
  public long marks() {
    return marks;
  }

  /**
   * The number of marks before which everything that was received is older than all unread reports
   * of a partition, if that was read to its end.
   *
   * <p>A mark arrives behind the reports that were read before it. But it was true only at the
   * moment when the partition was looked at, and other engines have read and written meanwhile. The
   * look for the latest mark of a partition came after its mark before. So only what arrived before
   * that earlier mark is certainly older.
   *
   * @return 0 where there were fewer than two marks of it
   */
  public long olderThanUnread(Partition partition) {
    State state = partitions.get(partition);
    return state == null ? 0 : state.markBefore;
  }

  /**
   * Since when a partition has been read to its end without a break, in milliseconds; {@link
   * #BEHIND} where it has not, or where that is unknown.
   */
  public long caughtUpSince(Partition partition, long now) {
    State state = partitions.get(partition);
    return state == null || now - state.markedAt > lease ? BEHIND : state.since;
  }

  /** The partitions that are expected. */
  public Set<Partition> partitions() {
    return partitions.keySet();
  }
}
