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
 * live sources that feed it, but no further than its senders' clocks agree ({@link SenderClocks}).
 * It never goes back. Not safe for several threads.
 *
 * <table>
 * <caption>What a source does to the watermark</caption>
 * <tr><th>the source</th><th>read to its end</th><th>not read to its end, or unknown</th></tr>
 * <tr><td>has sent reports lately</td><td>holds it at its latest</td><td>the same</td></tr>
 * <tr><td>has sent reports, none for the idle timeout</td><td>steps aside</td><td>holds it at its
 * latest</td></tr>
 * <tr><td>has sent none of this application</td><td>does not count</td><td>holds it where it
 * is</td></tr>
 * </table>
 *
 * <p>Time counts as idle only while the source was known to be read to its end. When all sources
 * stepped aside, event time goes on with the clock, so that the windows of an application that fell
 * silent still close.
 *
 * <p>Where a source has no say, the watermark follows only when later word has shown that the
 * source had nothing to say to this either ({@link Liveness#olderThanUnread}). The same goes for
 * what a source's reports alone do not prove: its latest event time may be that of a clock that is
 * ahead, while reports of other senders lie there unread. What two of its senders vouch for is
 * proved; what one vouches for is proved where the source has been read to its end, or where the
 * sender has reported for a while.
 */
public final class Watermark {

  private final long idleTimeout;
  private final long introduction;
  private final Liveness liveness;
  private final Map<Partition, Progress> sources = new HashMap<>();
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final SenderClocks clocks;
  private Partition latestSource;
  private Progress latest;

  /** How far the sources have come, whatever the senders' clocks say. */
  private long read = Long.MIN_VALUE;

  private long value;

  private static final class Progress {
    long eventTime = Long.MIN_VALUE;
    long seen;

    /** Of those that report through this source; null where there was no other source. */
    SenderClocks senders;
  }

  /**
   * @param idleTimeout after how many milliseconds without reports a source steps aside
   * @param liveness what is known of the sources
   * @param start where it was when it was left; {@link Long#MIN_VALUE} for a new one
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
   * Takes note of a report.
   *
   * @param now the clock, in milliseconds
   */
  public void observe(Report report, long now) {
    RawReport raw = report.raw();
    clocks.take(raw.source(), report.sender(), report.eventTime(), raw.timestamp(), now);
    boolean isLatest = recall(report, now);
    if (isAlone()) {
      read = Math.max(read, latest.eventTime); // nearly every report: no other source has a say
      value = Math.max(value, Math.min(read, clocks.value()));
    } else if (isLatest || clocks.value() > value) {
      advance(now);
    }
  }

  /**
   * Takes note of a report that was judged before a restart: the watermark stays.
   *
   * @param now the clock, in milliseconds
   * @return whether it is the source's latest
   */
  @SuppressWarnings("ReferenceEquality") // messages of a source share it
  public boolean recall(Report report, long now) {
    RawReport raw = report.raw();
    if (raw.source() != latestSource) {
      latest = sources.computeIfAbsent(raw.source(), s -> new Progress());
      latestSource = raw.source();
    }
    latest.seen = now;
    if (!isAlone()) {
      if (latest.senders == null) {
        latest.senders = new SenderClocks(idleTimeout, introduction);
      }
      latest.senders.take(raw.source(), report.sender(), report.eventTime(), raw.timestamp(), now);
    }
    if (report.eventTime() <= latest.eventTime) {
      return false;
    }
    latest.eventTime = report.eventTime();
    return true;
  }

  private boolean isAlone() {
    return sources.size() == 1 && liveness.sources().size() <= 1;
  }

  /**
   * Lets time pass without a report.
   *
   * @param now the clock, in milliseconds
   */
  public void advance(long now) {
    clocks.advance(source -> caughtUpSince(source, now), now);
    long smallest = Long.MAX_VALUE;
    long ofIdle = Long.MIN_VALUE;
    long idle = Long.MAX_VALUE;
    long confirmed = olderThanUnreadOfUnheard(now);
    for (Map.Entry<Partition, Progress> entry : sources.entrySet()) {
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
    unconfirmed.add(isAllIdle ? ofIdle : smallest, liveness.words());
    if (!isAllIdle) {
      confirmed = prove(smallest, confirmed, now);
    }
    read = Math.max(read, unconfirmed.take(confirmed));
    value = Math.max(value, Math.min(read, isAllIdle ? ofSilence(idle) : clocks.value()));
  }

  /**
   * Lets the watermark go as far as the sources' reports prove, and gives before how many words
   * what goes beyond that is confirmed.
   */
  private long prove(long smallest, long confirmed, long now) {
    long proved = smallest;
    long withoutProof = confirmed;
    for (Map.Entry<Partition, Progress> entry : sources.entrySet()) {
      SenderClocks senders = entry.getValue().senders;
      if (senders == null || silence(entry.getKey(), entry.getValue(), now) >= idleTimeout) {
        continue;
      }
      boolean isBehind = liveness.caughtUpSince(entry.getKey(), now) == Liveness.BEHIND;
      long ofSource = senders.proved(!isBehind);
      if (ofSource < smallest) {
        proved = Math.min(proved, ofSource);
        withoutProof =
            Math.min(withoutProof, isBehind ? 0 : liveness.olderThanUnread(entry.getKey()));
      }
    }
    if (proved < smallest) {
      read = Math.max(read, Math.min(proved, unconfirmed.latest(confirmed)));
    }
    return withoutProof;
  }

  /** For how long it has been read to its end and brought nothing; below 0 where nobody knows. */
  private long silence(Partition source, Progress progress, long now) {
    long since = Math.max(progress.seen, liveness.caughtUpSince(source, now));
    return since <= now ? now - since : -1;
  }

  /** Nobody reports any more: the senders' time goes on with the clock. */
  private long ofSilence(long idle) {
    long reached = clocks.reached();
    return reached == Long.MIN_VALUE ? reached : reached + idle;
  }

  private long caughtUpSince(Partition source, long now) {
    if (source != null) {
      return liveness.caughtUpSince(source, now);
    }
    long since = Long.MIN_VALUE; // after a restart nobody knows where a sender's reports come from
    for (Partition any : liveness.sources()) {
      since = Math.max(since, liveness.caughtUpSince(any, now));
    }
    return since;
  }

  /**
   * Before how many words what was heard is older than all that sources may hold that have sent
   * nothing of this application; {@link Long#MAX_VALUE} where there are none, 0 where one of them
   * may hold anything.
   */
  private long olderThanUnreadOfUnheard(long now) {
    long older = Long.MAX_VALUE;
    for (Partition source : liveness.sources()) {
      if (!sources.containsKey(source)) {
        boolean isBehind = liveness.caughtUpSince(source, now) == Liveness.BEHIND;
        older = Math.min(older, isBehind ? 0 : liveness.olderThanUnread(source));
      }
    }
    return older;
  }

  /**
   * Goes on from what {@link #clocks} gave before a restart.
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
