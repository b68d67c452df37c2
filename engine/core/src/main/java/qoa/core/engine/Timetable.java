package qoa.core.engine;

import java.util.ArrayList;
import java.util.List;
import qoa.core.contracts.Schedule;

/**
 * By which schedule a contract judges an application at which event time. A contract has one
 * schedule for all time, until it is edited: then the earlier schedule goes on to the moment at
 * which the new one takes over, so that each report counts in one window. Immutable; a plain
 * function of its arguments.
 *
 * @param segments in order of time; each holds until the next one begins. The first one begins with
 *     {@link Long#MIN_VALUE} unless what came before is not judged
 */
record Timetable(List<Segment> segments) {

  /**
   * One schedule.
   *
   * @param from event time at which it begins, in milliseconds since the epoch
   * @param schedule null where nothing is judged
   */
  record Segment(long from, Schedule schedule) {}

  Timetable {
    segments = List.copyOf(segments);
  }

  /** One schedule for all time. */
  static Timetable of(Schedule schedule) {
    return new Timetable(List.of(new Segment(Long.MIN_VALUE, plain(schedule))));
  }

  /** Nothing is judged. */
  static Timetable none() {
    return of(null);
  }

  /** The part of a schedule that decides which report counts in which window. */
  static Schedule plain(Schedule schedule) {
    return schedule instanceof Schedule.Tumbling tumbling ? tumbling.windows() : schedule;
  }

  /** Whether one schedule holds for all time. */
  boolean isPlain() {
    return segments.size() == 1 && segments.get(0).from() == Long.MIN_VALUE;
  }

  /** When a segment ends; {@link Long#MAX_VALUE} for the last one. */
  long until(int segment) {
    return segment + 1 == segments.size() ? Long.MAX_VALUE : segments.get(segment + 1).from();
  }

  /**
   * The contract was edited.
   *
   * <table>
   * <caption>When the new schedule takes over</caption>
   * <tr><th>from</th><th>to</th><th>at</th></tr>
   * <tr><td>windows</td><td>windows</td><td>the first moment from {@code reached} on at which
   * windows of both begin</td></tr>
   * <tr><td>windows</td><td>each report</td><td>the end of the window of the latest report: all
   * before were taken into windows</td></tr>
   * <tr><td>each report, or nothing</td><td>windows</td><td>the first window that begins after the
   * latest report</td></tr>
   * <tr><td>nothing</td><td>each report</td><td>at once</td></tr>
   * </table>
   *
   * @param to the new schedule
   * @param reached how far event time had come; {@link Long#MIN_VALUE} where there was no report
   * @param latest the latest event time; if it is further ahead of {@code reached} than a window,
   *     it counts as a wrong clock
   */
  Timetable change(Schedule to, long reached, long latest) {
    Schedule next = plain(to);
    if (reached == Long.MIN_VALUE) {
      return of(next);
    }
    List<Segment> kept =
        new ArrayList<>(segments.stream().filter(segment -> segment.from() <= reached).toList());
    if (kept.isEmpty()) { // nothing was judged so far
      kept.add(new Segment(Long.MIN_VALUE, null));
    }
    Schedule now = kept.get(kept.size() - 1).schedule();
    if (next.equals(now)) {
      return new Timetable(kept);
    }
    if (now == null && next instanceof Schedule.EachReport) {
      return of(next);
    }
    kept.add(new Segment(takesOver(now, next, reached, latest), next));
    return new Timetable(kept);
  }

  private static long takesOver(Schedule now, Schedule next, long reached, long latest) {
    if (now instanceof Schedule.Tumbling before) {
      return next instanceof Schedule.Tumbling after
          ? multipleFrom(common(before.size(), after.size()), reached)
          : multipleFrom(before.size(), Math.max(reached, latest) + 1);
    }
    long size = ((Schedule.Tumbling) next).size();
    boolean isPlausible = latest <= reached + size;
    return multipleFrom(size, Math.max(reached, isPlausible ? latest : reached) + 1);
  }

  private static long multipleFrom(long of, long time) {
    return Math.floorDiv(time + of - 1, of) * of;
  }

  /** The least common multiple. */
  private static long common(long a, long b) {
    long divisor = a;
    for (long rest = b; rest != 0; ) {
      long next = divisor % rest;
      divisor = rest;
      rest = next;
    }
    return a / divisor * b;
  }

  /**
   * The timetable of an application that reports for the first time to a contract that was added
   * later. Its first window is judged if all of it came after the contract took effect, by the
   * records' timestamps; else the next one is the first.
   *
   * @param before the contract's schedule before; null where it is new
   * @param to its schedule
   * @param took when it took effect: the records' time then, in milliseconds since the epoch
   * @param eventTime of the first report
   * @param recordTime of its record; 0 or less where there is none
   */
  static Timetable join(Schedule before, Schedule to, long took, long eventTime, long recordTime) {
    if (!(to instanceof Schedule.Tumbling windows) || recordTime <= 0) {
      return of(to);
    }
    long start = Math.floorDiv(eventTime, windows.size()) * windows.size();
    // Others of the window may have come with less delay than this one, but for its grace.
    if (recordTime - (eventTime - start) - windows.grace() >= took) {
      return of(to);
    }
    return new Timetable(
        List.of(
            new Segment(Long.MIN_VALUE, plain(before)),
            new Segment(start + windows.size(), plain(to))));
  }

  /**
   * Without the segments whose windows are all closed, and the first one after them: whether that
   * is judged if it stays empty depends on the reports before it.
   */
  Timetable without(long watermark) {
    int first = 0;
    while (first + 1 < segments.size() && isOver(first, watermark)) {
      first++;
    }
    List<Segment> left = segments.subList(first, segments.size());
    if (left.size() == 1 && isOld(left.get(0), watermark)) {
      return of(left.get(0).schedule());
    }
    return first == 0 ? this : new Timetable(left);
  }

  private boolean isOver(int segment, long watermark) {
    long end = until(segment);
    Schedule schedule = segments.get(segment).schedule();
    boolean isFollowed =
        schedule instanceof Schedule.Tumbling
            && segments.get(segment + 1).schedule() instanceof Schedule.Tumbling;
    return end + grace(schedule) <= watermark
        && (!isFollowed || isOld(segments.get(segment + 1), watermark));
  }

  private static boolean isOld(Segment segment, long watermark) {
    return segment.from() != Long.MIN_VALUE
        && segment.schedule() instanceof Schedule.Tumbling windows
        && segment.from() + windows.size() + windows.grace() <= watermark;
  }

  private static long grace(Schedule schedule) {
    return schedule instanceof Schedule.Tumbling windows ? windows.grace() : 0;
  }
}
