package qoa.engine.window;

import java.util.HashMap;
import java.util.Map;
import qoa.engine.model.Source;

/**
 * How far event time has come for one application: the smallest of the latest event times over the
 * live sources that feed it. It never goes back. Not safe for several threads.
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
 * source had nothing to say to this either ({@link Liveness#olderThanUnread}).
 */
public final class Watermark {

  private final long idleTimeout;
  private final Liveness liveness;
  private final Map<Source, Progress> sources = new HashMap<>();
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private Source latestSource;
  private Progress latest;
  private long value;

  private static final class Progress {
    long eventTime = Long.MIN_VALUE;
    long seen;
  }

  /**
   * @param idleTimeout after how many milliseconds without reports a source steps aside
   * @param liveness what is known of the sources
   * @param start where it was when it was left; {@link Long#MIN_VALUE} for a new one
   */
  public Watermark(long idleTimeout, Liveness liveness, long start) {
    this.idleTimeout = idleTimeout;
    this.liveness = liveness;
    this.value = start;
  }

  /**
   * Takes note of a report.
   *
   * @param now the clock, in milliseconds
   */
  public void observe(Source source, long eventTime, long now) {
    if (!recall(source, eventTime, now)) {
      return;
    }
    if (sources.size() == 1 && liveness.sources().size() <= 1) {
      value = Math.max(value, eventTime); // nearly every report: no other source has a say
    } else {
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
  public boolean recall(Source source, long eventTime, long now) {
    if (source != latestSource) {
      latest = sources.computeIfAbsent(source, s -> new Progress());
      latestSource = source;
    }
    latest.seen = now;
    if (eventTime <= latest.eventTime) {
      return false;
    }
    latest.eventTime = eventTime;
    return true;
  }

  /**
   * Lets time pass without a report.
   *
   * @param now the clock, in milliseconds
   */
  public void advance(long now) {
    long smallest = Long.MAX_VALUE;
    long ofIdle = Long.MIN_VALUE;
    long confirmed = olderThanUnreadOfUnheard(now);
    for (Map.Entry<Source, Progress> entry : sources.entrySet()) {
      Progress progress = entry.getValue();
      long since = Math.max(progress.seen, liveness.caughtUpSince(entry.getKey(), now));
      if (since <= now && now - since >= idleTimeout) {
        ofIdle = Math.max(ofIdle, progress.eventTime + (now - since));
        confirmed = Math.min(confirmed, liveness.olderThanUnread(entry.getKey()));
      } else {
        smallest = Math.min(smallest, progress.eventTime);
      }
    }
    unconfirmed.add(smallest == Long.MAX_VALUE ? ofIdle : smallest, liveness.words());
    value = Math.max(value, unconfirmed.take(confirmed));
  }

  /**
   * Before how many words what was heard is older than all that sources may hold that have sent
   * nothing of this application; {@link Long#MAX_VALUE} where there are none, 0 where one of them
   * may hold anything.
   */
  private long olderThanUnreadOfUnheard(long now) {
    long older = Long.MAX_VALUE;
    for (Source source : liveness.sources()) {
      if (!sources.containsKey(source)) {
        boolean isBehind = liveness.caughtUpSince(source, now) == Liveness.BEHIND;
        older = Math.min(older, isBehind ? 0 : liveness.olderThanUnread(source));
      }
    }
    return older;
  }

  /** Milliseconds since the epoch; {@link Long#MIN_VALUE} before the first report. */
  public long value() {
    return value;
  }
}
