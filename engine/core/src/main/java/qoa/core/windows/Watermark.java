package qoa.core.windows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.SenderClock;

/**
 * How far event time has come for one application: the smallest of the latest event times over the
 * source partitions that are not idle, but no further than its senders' clocks agree ({@link
 * SenderClocks}). It never goes back. Not safe for several threads.
 *
 * <table>
 * <caption>The effect of a source partition on the watermark</caption>
 * <tr><th>the partition</th><th>read to its end</th><th>not read to its end, or unknown</th></tr>
 * <tr><td>brought reports lately</td><td>holds it at its latest</td><td>the same</td></tr>
 * <tr><td>brought reports, none for the idle timeout</td><td>is idle</td><td>holds it at its
 * latest</td></tr>
 * <tr><td>brought none of this application</td><td>does not count</td><td>holds it where it
 * is</td></tr>
 * </table>
 *
 * <p>Time counts as idle only while the partition was known to be read to its end. When all
 * partitions are idle, event time advances with the clock, so that the windows of an application
 * that fell silent still close.
 *
 * <p>If a partition is idle or does not count, the watermark advances only when later marks have
 * shown that the partition had no reports of that time either ({@link Liveness#olderThanUnread}).
 * The same holds for what a partition's reports do not prove: its latest event time may come from a
 * clock that is ahead, while reports of other senders are unread there. An event time is proved if
 * two senders of the partition reached it; or if one did, and the partition has been read to its
 * end or the sender has reported for a while.
 */
public final class Watermark {

  private final long idleTimeout;
  private final long introduction;
  private final Liveness liveness;
  private final Map<Partition, Progress> partitions = new HashMap<>();
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final SenderClocks clocks;
  private Partition latestPartition;
  private Progress latest;

  /** How far the partitions have come, without regard to the senders' clocks. */
  private long read = Long.MIN_VALUE;

  private long value;

  private static final class Progress {
    long eventTime = Long.MIN_VALUE;
    long seen;

    /** The senders in this partition; null where there was no other partition. */
    SenderClocks senders;
  }

  /**
   * @param idleTimeout after how many milliseconds without reports a partition is idle
   * @param liveness which source partitions there are, and which were read to their end
   * @param start where it was before a restart; {@link Long#MIN_VALUE} for a new one
   */
  public Watermark(long idleTimeout, Liveness liveness, long start) {
    this(idleTimeout, liveness, start, Math.min(idleTimeout, SenderClocks.INTRODUCTION_MILLIS));
  }

  Watermark(long idleTimeout, Liveness liveness, long start, long introduction) {
    this.idleTimeout = idleTimeout;
    this.introduction = introduction;
    this.liveness = liveness;
    this.value = start;
    this.clocks = new SenderClocks(idleTimeout, introduction);
  }

  /**
   * Takes a report.
   *
   * @param now the clock, in milliseconds
   */
  public void observe(Report report, long now) {
    RawReport raw = report.raw();
    clocks.take(raw.sourcePartition(), report.sender(), report.eventTime(), raw.timestamp(), now);
    boolean isLatest = recall(report, now);
    if (isAlone()) {
      read = Math.max(read, latest.eventTime); // nearly every report: there is no other partition
      value = Math.max(value, Math.min(read, clocks.value()));
    } else if (isLatest || clocks.value() > value) {
      advance(now);
    }
  }

  /**
   * Takes a report that was judged before a restart: the watermark stays.
   *
   * @param now the clock, in milliseconds
   * @return whether it is the latest of its partition
   */
  @SuppressWarnings("ReferenceEquality") // messages of a partition share it
  public boolean recall(Report report, long now) {
    RawReport raw = report.raw();
    if (raw.sourcePartition() != latestPartition) {
      latest = partitions.computeIfAbsent(raw.sourcePartition(), p -> new Progress());
      latestPartition = raw.sourcePartition();
    }
    latest.seen = now;
    if (!isAlone()) {
      if (latest.senders == null) {
        latest.senders = new SenderClocks(idleTimeout, introduction);
      }
      latest.senders.take(
          raw.sourcePartition(), report.sender(), report.eventTime(), raw.timestamp(), now);
    }
    if (report.eventTime() <= latest.eventTime) {
      return false;
    }
    latest.eventTime = report.eventTime();
    return true;
  }

  private boolean isAlone() {
    return partitions.size() == 1 && liveness.partitions().size() <= 1;
  }

  /**
   * Lets time pass without a report.
   *
   * @param now the clock, in milliseconds
   */
  public void advance(long now) {
    clocks.advance(partition -> caughtUpSince(partition, now), now);
    long smallest = Long.MAX_VALUE;
    long ofIdle = Long.MIN_VALUE;
    long idle = Long.MAX_VALUE;
    long confirmed = olderThanUnreadOfOthers(now);
    for (Map.Entry<Partition, Progress> entry : partitions.entrySet()) {
      Progress progress = entry.getValue();
      long silence = silence(entry.getKey(), progress, now);
      if (silence >= idleTimeout) {
        idle = Math.min(idle, silence);
        ofIdle = Math.max(ofIdle, progress.eventTime + silence);
        confirmed = Math.min(confirmed, liveness.olderThanUnread(entry.getKey()));
      } else {
        smallest = Math.min(smallest, progress.eventTime);
      }
    }
    boolean isAllIdle = smallest == Long.MAX_VALUE;
    unconfirmed.add(isAllIdle ? ofIdle : smallest, liveness.marks());
    if (!isAllIdle) {
      confirmed = prove(smallest, confirmed, now);
    }
    read = Math.max(read, unconfirmed.take(confirmed));
    value = Math.max(value, Math.min(read, isAllIdle ? ofSilence(idle) : clocks.value()));
  }

  /**
   * Advances the watermark as far as the partitions' reports prove. Returns the number of marks
   * before which what exceeds that is confirmed.
   */
  private long prove(long smallest, long confirmed, long now) {
    long proved = smallest;
    long withoutProof = confirmed;
    for (Map.Entry<Partition, Progress> entry : partitions.entrySet()) {
      SenderClocks senders = entry.getValue().senders;
      if (senders == null || silence(entry.getKey(), entry.getValue(), now) >= idleTimeout) {
        continue;
      }
      boolean isBehind = liveness.caughtUpSince(entry.getKey(), now) == Liveness.BEHIND;
      long ofPartition = senders.proved(!isBehind);
      if (ofPartition < smallest) {
        proved = Math.min(proved, ofPartition);
        withoutProof =
            Math.min(withoutProof, isBehind ? 0 : liveness.olderThanUnread(entry.getKey()));
      }
    }
    if (proved < smallest) {
      read = Math.max(read, Math.min(proved, unconfirmed.latest(confirmed)));
    }
    return withoutProof;
  }

  /** How long it has been read to its end and brought nothing; below 0 where that is unknown. */
  private long silence(Partition partition, Progress progress, long now) {
    long since = Math.max(progress.seen, liveness.caughtUpSince(partition, now));
    return since <= now ? now - since : -1;
  }

  /** All partitions are idle: the senders' time advances with the clock. */
  private long ofSilence(long idle) {
    long reached = clocks.reached();
    return reached == Long.MIN_VALUE ? reached : reached + idle;
  }

  private long caughtUpSince(Partition partition, long now) {
    if (partition != null) {
      return liveness.caughtUpSince(partition, now);
    }
    long since = Long.MIN_VALUE; // after a restart it is unknown where a sender's reports come from
    for (Partition any : liveness.partitions()) {
      since = Math.max(since, liveness.caughtUpSince(any, now));
    }
    return since;
  }

  /**
   * The number of marks before which everything that was received is older than all unread reports
   * of the partitions that brought none of this application; {@link Long#MAX_VALUE} where there are
   * no such partitions, 0 where one of them may hold anything.
   */
  private long olderThanUnreadOfOthers(long now) {
    long older = Long.MAX_VALUE;
    for (Partition partition : liveness.partitions()) {
      if (!partitions.containsKey(partition)) {
        boolean isBehind = liveness.caughtUpSince(partition, now) == Liveness.BEHIND;
        older = Math.min(older, isBehind ? 0 : liveness.olderThanUnread(partition));
      }
    }
    return older;
  }

  /**
   * Continues from what {@link #clocks} gave before a restart.
   *
   * @param now the clock, in milliseconds
   */
  public void restore(List<SenderClock> saved, long now) {
    clocks.restore(saved, now);
  }

  /** What a restart must know of the senders. */
  public List<SenderClock> clocks() {
    return clocks.save();
  }

  /** How far event time has come by the senders' clocks; {@link Long#MIN_VALUE} for unknown. */
  public static long reached(List<SenderClock> saved) {
    SenderClocks clocks = new SenderClocks(0, 0);
    clocks.restore(saved, 0);
    return clocks.reached();
  }

  /** Milliseconds since the epoch; {@link Long#MIN_VALUE} before the first report. */
  public long value() {
    return value;
  }
}
