package qoa.core.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import qoa.core.model.Partition;
import qoa.core.model.SenderClock;

/**
 * How far event time has come by the clocks of an application's senders, so that one sender whose
 * clock is ahead does not make the reports of others late.
 *
 * <p>A sender vouches for the latest event time that it has sent, but never for more than the
 * timestamp of its Kafka record. Event time has come as far as the second most advanced sender
 * vouches for. So only the two most advanced senders are kept, however many there are: a third one
 * vouches for less, and its next report is compared again.
 *
 * <table>
 * <caption>The effect of senders on event time</caption>
 * <tr><th>known senders</th><th>event time</th></tr>
 * <tr><td>none</td><td>unknown</td></tr>
 * <tr><td>one, for less than the introduction by its own clock</td><td>unknown</td></tr>
 * <tr><td>one, for longer</td><td>what it vouches for</td></tr>
 * <tr><td>two or more</td><td>the second most advanced; between its reports it advances with the
 * other sender's clock</td></tr>
 * <tr><td>two, one of them silent for the idle timeout</td><td>what the other one vouches
 * for</td></tr>
 * <tr><td>one whose reports are staler than another's by the idle timeout, measured by the records'
 * timestamps</td><td>no effect: its clock is behind, or it catches up, and it is not waited
 * for</td></tr>
 * </table>
 *
 * <p>A sender's silence is measured by the other sender's own clock, so that a constant error of a
 * clock does no harm. The longest step of that clock is left out, so that a clock that is set does
 * not count as time. A third sender that reports meanwhile bounds the silence. The wall clock
 * counts only where all reports have been read.
 *
 * <p>Apart from that it is a pure function of the reports in their order. Not safe for several
 * threads.
 */
final class SenderClocks {

  /** How long a single sender must have reported before its clock counts, at most. */
  static final long INTRODUCTION_MILLIS = 10_000;

  private final long idleTimeout;
  private final long introduction;
  private Clock first;
  private Clock second;

  private static final class Clock {
    final String sender;
    Partition partition;

    /** The latest event time that it vouches for. */
    long vouched = Long.MIN_VALUE;

    /** Its own clock at its latest report. */
    long latest;

    /** For how long it has reported, by its own clock or by its event times. */
    long reported;

    long firstEvent;

    /** The time since its latest report, by the other sender's clock. */
    long silent;

    /** The longest step of the other sender's clock in that time. */
    long longestStep;

    /** How much older its latest report was than the report's Kafka record. */
    long staleness;

    /** The wall clock at its latest report. */
    long seen;

    boolean away;

    Clock(String sender) {
      this.sender = sender;
    }

    long silence() {
      return silent - longestStep;
    }

    long reached() {
      return vouched + silence();
    }

    /** A third sender's clock bounds the silence of this one. */
    void boundSilence(long reading) {
      if (reading >= latest) {
        silent = Math.min(silence(), reading - latest);
        longestStep = 0;
      }
    }
  }

  /**
   * @param idleTimeout after how many milliseconds of silence a sender is idle
   * @param introduction for how many milliseconds a single sender must have reported
   */
  SenderClocks(long idleTimeout, long introduction) {
    this.idleTimeout = idleTimeout;
    this.introduction = introduction;
  }

  /**
   * Takes a report.
   *
   * @param partition its source partition
   * @param sender its sender
   * @param eventTime of the report, in milliseconds since the epoch
   * @param recordTime of its Kafka record, in milliseconds since the epoch; 0 or less where there
   *     is none; then the event times stand for the sender's clock
   * @param now the wall clock, in milliseconds
   */
  void take(Partition partition, String sender, long eventTime, long recordTime, long now) {
    long reading = recordTime > 0 ? recordTime : eventTime;
    long vouched = Math.min(eventTime, reading);
    Clock clock = find(sender);
    if (isStale(clock, reading - vouched)) {
      return;
    }
    if (clock == null) {
      clock = admit(sender, vouched, reading, eventTime);
      if (clock == null) {
        first.boundSilence(reading);
        second.boundSilence(reading);
        return;
      }
    } else {
      step(clock, reading);
    }
    clock.partition = partition;
    clock.vouched = Math.max(clock.vouched, vouched);
    clock.reported = Math.max(clock.reported, eventTime - clock.firstEvent);
    clock.staleness = reading - vouched;
    clock.seen = now;
    clock.away = false;
    clock.silent = 0;
    clock.longestStep = 0;
    Clock other = other(clock);
    if (other != null && other.staleness - clock.staleness >= idleTimeout) {
      other.away = true;
    }
    if (second != null && second.vouched > first.vouched) {
      Clock behind = first;
      first = second;
      second = behind;
    }
  }

  private Clock find(String sender) {
    if (first != null && first.sender.equals(sender)) {
      return first;
    }
    return second != null && second.sender.equals(sender) ? second : null;
  }

  @SuppressWarnings("ReferenceEquality") // one of the two that are kept
  private Clock other(Clock clock) {
    return clock == first ? second : first;
  }

  private boolean isStale(Clock clock, long staleness) {
    return isStalerThan(first, clock, staleness) || isStalerThan(second, clock, staleness);
  }

  @SuppressWarnings("ReferenceEquality") // one of the two that are kept
  private boolean isStalerThan(Clock other, Clock clock, long staleness) {
    return other != null
        && other != clock
        && !other.away
        && staleness - other.staleness >= idleTimeout;
  }

  /** Adds a sender; null where two others are more advanced. */
  private Clock admit(String sender, long vouched, long reading, long eventTime) {
    Clock admitted = new Clock(sender);
    admitted.latest = reading;
    admitted.firstEvent = eventTime;
    if (first == null) {
      first = admitted;
    } else if (first.away && second != null) {
      first = second;
      second = admitted;
    } else if (second == null || second.away || vouched >= second.reached()) {
      second = admitted;
    } else {
      return null;
    }
    return admitted;
  }

  /** A sender's own clock has advanced: the other sender has been silent for that long. */
  private void step(Clock clock, long reading) {
    long step = reading - clock.latest;
    if (step > 0 || step < -idleTimeout) { // an older one is out of order, unless the clock was set
      clock.latest = reading;
    }
    Clock other = other(clock);
    if (step > 0) {
      clock.reported += step;
    }
    if (step > 0 && other != null) {
      other.silent += step;
      other.longestStep = Math.max(other.longestStep, step);
      other.away |= other.silence() >= idleTimeout;
    }
  }

  /**
   * Marks a sender as idle that fell silent while the other one reports.
   *
   * @param caughtUpSince since when a partition has been read to its end, in milliseconds; {@link
   *     Long#MAX_VALUE} where it has not
   * @param now the wall clock, in milliseconds
   */
  void advance(ToLongFunction<Partition> caughtUpSince, long now) {
    if (second == null || first.away || second.away) {
      return;
    }
    boolean isFirstSilent = isSilent(first, caughtUpSince, now);
    boolean isSecondSilent = isSilent(second, caughtUpSince, now);
    if (isFirstSilent != isSecondSilent) {
      first.away = isFirstSilent;
      second.away = isSecondSilent;
    }
  }

  private boolean isSilent(Clock clock, ToLongFunction<Partition> caughtUpSince, long now) {
    long since = Math.max(clock.seen, caughtUpSince.applyAsLong(clock.partition));
    return since <= now && now - since >= idleTimeout;
  }

  /** How far event time has come, in milliseconds; {@link Long#MIN_VALUE} where that is unknown. */
  long value() {
    if (first == null || (isAlone() && !isIntroduced())) {
      return Long.MIN_VALUE;
    }
    return reached();
  }

  /** The same where all partitions are idle: a single sender counts at once. */
  long reached() {
    if (first == null) {
      return Long.MIN_VALUE;
    }
    return isAlone() ? alone().vouched : Math.min(first.reached(), second.reached());
  }

  /**
   * How far event time has come at least, whichever of the two clocks is ahead.
   *
   * @param isAloneTrusted whether a single sender counts before its introduction is over
   * @return in milliseconds; {@link Long#MIN_VALUE} where that is unknown
   */
  long proved(boolean isAloneTrusted) {
    if (first == null) {
      return Long.MIN_VALUE;
    }
    if (isAlone()) {
      return isAloneTrusted || isIntroduced() ? alone().vouched : Long.MIN_VALUE;
    }
    return Math.min(first.vouched, second.vouched);
  }

  private boolean isAlone() {
    return second == null || first.away || second.away;
  }

  private Clock alone() {
    return second != null && first.away ? second : first;
  }

  private boolean isIntroduced() {
    return alone().reported >= introduction;
  }

  /** What a restart must know. */
  List<SenderClock> save() {
    List<SenderClock> saved = new ArrayList<>(2);
    for (Clock clock : new Clock[] {first, second}) {
      if (clock != null) {
        saved.add(
            new SenderClock(
                clock.sender,
                clock.vouched,
                clock.latest,
                clock.reported,
                clock.firstEvent,
                clock.silent,
                clock.longestStep,
                clock.staleness,
                clock.away));
      }
    }
    return saved;
  }

  /**
   * Continues from what was saved.
   *
   * @param saved what {@link #save} gave
   * @param now the wall clock, in milliseconds
   */
  void restore(List<SenderClock> saved, long now) {
    first = saved.isEmpty() ? null : clock(saved.get(0), now);
    second = saved.size() < 2 ? null : clock(saved.get(1), now);
  }

  private static Clock clock(SenderClock saved, long now) {
    Clock clock = new Clock(saved.sender());
    clock.vouched = saved.vouched();
    clock.latest = saved.latest();
    clock.reported = saved.reported();
    clock.firstEvent = saved.firstEvent();
    clock.silent = saved.silent();
    clock.longestStep = saved.longestStep();
    clock.staleness = saved.staleness();
    clock.away = saved.away();
    clock.seen = now;
    return clock;
  }
}
