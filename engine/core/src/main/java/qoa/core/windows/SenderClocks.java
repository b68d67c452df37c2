package qoa.core.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import qoa.core.model.Partition;
import qoa.core.model.SenderClock;

/**
 * How far event time has come by the clocks of an application's senders, so that one sender whose
 * clock is ahead makes nobody else's reports late.
 *
 * <p>A sender vouches for the latest event time that it has sent, but never for more than the
 * timestamp of its Kafka record. Event time has come as far as the second most advanced sender
 * says. So only the two most advanced senders are kept, however many there are: what a third one
 * said is less, and what it says next is compared anew.
 *
 * <table>
 * <caption>What a sender does to event time</caption>
 * <tr><th>senders heard of</th><th>event time</th></tr>
 * <tr><td>none</td><td>unknown</td></tr>
 * <tr><td>one, for less than the introduction by its own clock</td><td>unknown</td></tr>
 * <tr><td>one, for longer</td><td>what it vouches for</td></tr>
 * <tr><td>two or more</td><td>the second most advanced; between its reports it goes on as the other
 * sender's clock does</td></tr>
 * <tr><td>two, one of them silent for the idle timeout</td><td>what the other one vouches
 * for</td></tr>
 * <tr><td>one that sends what is staler than another's by the idle timeout, measured by the records'
 * timestamps</td><td>no effect: such a clock is behind, or it catches up, and nobody waits for
 * it</td></tr>
 * </table>
 *
 * <p>A sender's silence is measured by the other sender's own clock, so that a clock that is wrong
 * by a constant does no harm, and without the longest step of that clock, so that a clock that is
 * set does not pass for time; a third sender that reports meanwhile says how long it was at most.
 * The wall clock is asked only where all that there is has been read.
 *
 * <p>A pure function of the reports in their order, but for that. Not safe for several threads.
 */
final class SenderClocks {

  /** For how long a sender that is alone must have reported before its word counts, at most. */
  static final long INTRODUCTION_MILLIS = 10_000;

  private final long idleTimeout;
  private final long introduction;
  private Clock first;
  private Clock second;

  private static final class Clock {
    final String sender;
    Partition source;

    /** The latest event time that it vouches for. */
    long vouched = Long.MIN_VALUE;

    /** Its own clock at its latest report. */
    long latest;

    /** For how long it has reported, by its own clock or by its event times. */
    long reported;

    long firstEvent;

    /** Since its latest report, by the other sender's clock; and the longest step of it. */
    long silent;

    long longestStep;

    /** How much older its latest report was than the report's Kafka record. */
    long staleness;

    /** The wall clock at its latest report. */
    long heard;

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

    /** A third sender's clock says how long this one's silence was at most. */
    void hearOfTime(long reading) {
      if (reading >= latest) {
        silent = Math.min(silence(), reading - latest);
        longestStep = 0;
      }
    }
  }

  /**
   * @param idleTimeout after how many milliseconds of silence a sender steps aside
   * @param introduction for how many milliseconds a sender that is alone must have reported
   */
  SenderClocks(long idleTimeout, long introduction) {
    this.idleTimeout = idleTimeout;
    this.introduction = introduction;
  }

  /**
   * Takes note of a report.
   *
   * @param source where it came from
   * @param sender who sent it
   * @param eventTime of the report, in milliseconds since the epoch
   * @param recordTime of its Kafka record, in milliseconds since the epoch; 0 or less where there
   *     is none, and the event times tell how the sender's clock goes on
   * @param now the wall clock, in milliseconds
   */
  void take(Partition source, String sender, long eventTime, long recordTime, long now) {
    long reading = recordTime > 0 ? recordTime : eventTime;
    long vouched = Math.min(eventTime, reading);
    Clock clock = find(sender);
    if (isStale(clock, reading - vouched)) {
      return;
    }
    if (clock == null) {
      clock = admit(sender, vouched, reading, eventTime);
      if (clock == null) {
        first.hearOfTime(reading);
        second.hearOfTime(reading);
        return;
      }
    } else {
      step(clock, reading);
    }
    clock.source = source;
    clock.vouched = Math.max(clock.vouched, vouched);
    clock.reported = Math.max(clock.reported, eventTime - clock.firstEvent);
    clock.staleness = reading - vouched;
    clock.heard = now;
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

  /** A sender that is not kept yet; null where two others are further on. */
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

  /** A sender's own clock has gone on: that is how long the other one has been silent. */
  private void step(Clock clock, long reading) {
    long step = reading - clock.latest;
    if (step > 0 || step < -idleTimeout) { // what is older is out of order, or the clock was set
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
   * Lets senders that fell silent step aside while another one reports.
   *
   * @param caughtUpSince since when all reports of a source have been read, in milliseconds; {@link
   *     Long#MAX_VALUE} where they have not
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
    long since = Math.max(clock.heard, caughtUpSince.applyAsLong(clock.source));
    return since <= now && now - since >= idleTimeout;
  }

  /** How far event time has come, in milliseconds; {@link Long#MIN_VALUE} where that is unknown. */
  long value() {
    if (first == null || (isAlone() && !isIntroduced())) {
      return Long.MIN_VALUE;
    }
    return reached();
  }

  /** The same where nobody reports any more: nobody's introduction is waited for. */
  long reached() {
    if (first == null) {
      return Long.MIN_VALUE;
    }
    return isAlone() ? alone().vouched : Math.min(first.reached(), second.reached());
  }

  /**
   * How far event time has come at least, whichever of the two clocks is ahead.
   *
   * @param isAloneTrusted whether one that is alone is believed before it has introduced itself
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
   * Goes on from what was saved.
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
    clock.heard = now;
    return clock;
  }
}
