package qoa.engine.window;

import java.util.HashMap;
import java.util.Map;
import qoa.engine.model.Source;

/**
 * How far event time has come for one application: the smallest of the latest event times over the
 * sources that feed it. A source that was silent for a while does not hold the others back; when
 * all are, event time goes on with the clock, so that the windows of an application that fell
 * silent still close. It never goes back. Not safe for several threads.
 */
public final class Watermark {

  private final long idleTimeout;
  private final Map<Source, Progress> sources = new HashMap<>();
  private Source latestSource;
  private Progress latest;
  private long value = Long.MIN_VALUE;

  private static final class Progress {
    long eventTime = Long.MIN_VALUE;
    long seen;
  }

  /**
   * @param idleTimeout after how many milliseconds without reports a source counts as silent
   */
  public Watermark(long idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  /**
   * Takes note of a report.
   *
   * @param now the clock, in milliseconds
   */
  @SuppressWarnings("ReferenceEquality") // messages of a source share it
  public void observe(Source source, long eventTime, long now) {
    if (source != latestSource) {
      latest = sources.computeIfAbsent(source, s -> new Progress());
      latestSource = source;
    }
    latest.seen = now;
    if (eventTime > latest.eventTime) {
      latest.eventTime = eventTime;
      advance(now);
    }
  }

  /**
   * Lets time pass without a report.
   *
   * @param now the clock, in milliseconds
   */
  public void advance(long now) {
    if (sources.size() == 1) {
      value = Math.max(value, timeOf(latest, now));
      return;
    }
    long smallest = Long.MAX_VALUE;
    long ofSilent = Long.MIN_VALUE;
    for (Progress source : sources.values()) {
      if (isIdle(source, now)) {
        ofSilent = Math.max(ofSilent, timeOf(source, now));
      } else {
        smallest = Math.min(smallest, source.eventTime);
      }
    }
    value = Math.max(value, smallest == Long.MAX_VALUE ? ofSilent : smallest);
  }

  private long timeOf(Progress source, long now) {
    return isIdle(source, now) ? source.eventTime + (now - source.seen) : source.eventTime;
  }

  private boolean isIdle(Progress source, long now) {
    return now - source.seen >= idleTimeout;
  }

  /** Milliseconds since the epoch; {@link Long#MIN_VALUE} before the first report. */
  public long value() {
    return value;
  }
}
