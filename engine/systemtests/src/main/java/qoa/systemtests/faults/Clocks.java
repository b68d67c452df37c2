package qoa.systemtests.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The clocks of the clients. The clock of one client of an application may be ahead. All others are
 * right. Used by one thread.
 */
final class Clocks {

  /** {@code limits.time-ahead}. */
  private static final long TIME_AHEAD_MILLIS = 300_000;

  private static final long[] SHIFTS = {3_000, 20_000, 90_000, 250_000};

  /** Later than the end of a run, so that such windows stay open. */
  private static final long FAR_AHEAD_MILLIS = 50 * 60_000;

  private final Random random;
  private final Map<String, Wrong> wrong = new HashMap<>();

  /** The applications whose last report came from a clock that had jumped, with its record. */
  private final Set<String> justJumped = new HashSet<>();

  /**
   * The times of a report, in milliseconds since the epoch.
   *
   * @param eventTime the event time of the report
   * @param recordTime the timestamp of its record
   */
  record Reading(long eventTime, long recordTime) {}

  /**
   * A clock that is ahead.
   *
   * @param shift how far it is ahead, in milliseconds; 0 if it jumps
   * @param ofRecord whether the producer of the client uses it too
   */
  private record Wrong(long until, long shift, boolean ofRecord) {}

  Clocks(Random random) {
    this.random = random;
  }

  /** Sets one clock of an application ahead until the given time. */
  void setAhead(String application, long until) {
    long shift = SHIFTS[random.nextInt(SHIFTS.length)];
    wrong.put(application, new Wrong(until, shift, random.nextBoolean()));
  }

  /** Lets one clock of an application jump ahead and back until the given time. */
  void setJumping(String application, long until) {
    wrong.put(application, new Wrong(until, 0, false));
  }

  /** The times that the client whose clock may be ahead gives to a report of {@code time}. */
  Reading ofWrong(String application, long time, long now) {
    Wrong clock = wrong.get(application);
    if (clock == null || now >= clock.until) {
      return new Reading(time, now);
    }
    if (clock.shift > 0) {
      return new Reading(time + clock.shift, clock.ofRecord ? now + clock.shift : now);
    }
    Reading reading = jumping(time, now);
    if (reading.recordTime == now || justJumped.add(application)) {
      return reading;
    }
    // No other client has reported since, so time would seem to pass: see decision 0005.
    return new Reading(time, now);
  }

  /** The times that a client with a right clock gives to a report. */
  Reading ofRight(String application, long time, long now) {
    justJumped.remove(application);
    return new Reading(time, now);
  }

  private Reading jumping(long time, long now) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> new Reading(now + TIME_AHEAD_MILLIS - 1_000 - random.nextInt(60_000), now);
      case 3, 4, 5 -> ahead(now, SHIFTS[random.nextInt(SHIFTS.length)]);
      case 6, 7 -> new Reading(now + TIME_AHEAD_MILLIS + 100 + random.nextInt(60_000), now);
      case 8 -> random.nextInt(10) == 0 ? ahead(now, FAR_AHEAD_MILLIS) : new Reading(time, now);
      default -> new Reading(time, now);
    };
  }

  private static Reading ahead(long now, long shift) {
    return new Reading(now + shift, now + shift);
  }
}
