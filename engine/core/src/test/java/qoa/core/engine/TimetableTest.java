package qoa.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.contracts.Schedule;

class TimetableTest {

  private static final long NEVER = Long.MIN_VALUE;

  /**
   * A timetable is written as its segments: {@code 10} or {@code 10+2} for windows of 10 with grace
   * 2, {@code each}, {@code none}; {@code @60} before a segment that begins at 60.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          60 to 10 at the end of the window    | 60            | 10   | 130 | 135 | 60 @180:10
          10 to 60 at the next common begin    | 10            | 60   | 130 | 135 | 10 @180:60
          7 to 10 likewise                     | 7             | 10   | 71  | 75  | 7 @140:10
          at once where it is the moment       | 10            | 60   | 180 | 185 | 10 @180:60
          more grace from the next window on   | 10+2          | 10+5 | 131 | 135 | 10+2 @140:10+5
          the same is no change                | 10            | 10   | 131 | 135 | 10
          no report yet: all is new            | 10            | 60   | -   | -   | 60
          new: the next whole window           | none          | 10   | 131 | 138 | none @140:10
          new: not one that had reports        | none          | 10   | 131 | 140 | none @150:10
          new: a clock ahead does not count    | none          | 10   | 131 | 900 | none @140:10
          new: exactly at a begin              | none          | 10   | 130 | 130 | none @140:10
          new for each report: at once         | none          | each | 131 | 138 | each
          each report to windows               | each          | 10   | 131 | 138 | each @140:10
          windows to each report               | 10            | each | 131 | 138 | 10 @140:each
          after all that windows have          | 10            | each | 131 | 172 | 10 @180:each
          each report stays                    | each          | each | 131 | 138 | each
          edited again before it took over     | 10 @180:60    | 20   | 135 | 139 | 10 @140:20
          edited back before it took over      | 10 @180:60    | 10   | 135 | 139 | 10
          edited again after it took over      | 10 @180:60    | 20   | 181 | 189 | 10 @180:60 @240:20
          edited before its first window       | none @140:10  | 20   | 131 | 138 | none @140:20
          nothing was judged before            | @140:10       | 20   | 131 | 138 | none @140:20
          """)
  void changes(
      String rule, String before, String to, String reached, String latest, String expected) {
    assertThat(text(timetable(before).change(schedule(to), time(reached), time(latest))))
        .isEqualTo(expected);
  }

  /** A report of event time 133 at a contract of windows of 10. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the window began before it took effect | 10   | 131 | 133 | none @140:10
          it began as it took effect             | 10   | 130 | 133 | 10
          it is older, and came after            | 10   | 131 | 999 | 10
          it is older, and came as it took effect | 10  | 997 | 999 | none @140:10
          another may have come before it        | 10+2 | 129 | 133 | none @140:10+2
          a record without a timestamp           | 10   | 131 | 0   | 10
          each report                            | each | 131 | 133 | each
          """)
  void joins(String rule, String to, long took, long recordTime, String expected) {
    assertThat(text(Timetable.join(null, schedule(to), took, 133, recordTime))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10+2 @180:60  | 181 | 10+2 @180:60
          10+2 @180:60  | 239 | 10+2 @180:60
          each @140:10  | 140 | @140:10
          10+2 @180:60  | 240 | 60
          none @140:10  | 139 | none @140:10
          none @140:10  | 140 | @140:10
          none @140:10  | 150 | 10
          10 @140:each  | 140 | @140:each
          10 @180:60 @240:20 | 200 | 10 @180:60 @240:20
          10 @180:60 @240:20 | 240 | @180:60 @240:20
          10 @180:60 @240:20 | 260 | 20
          10+9 @12:2 | 15 | 10+9 @12:2
          """)
  void leavesOutWhatIsOver(String before, long watermark, String expected) {
    assertThat(text(timetable(before).without(watermark))).isEqualTo(expected);
  }

  /** Every event time from the change on is in one window, and no window is cut. */
  @Property(tries = 500)
  void cutsNoWindow(
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 60) int next,
      @ForAll @LongRange(max = 1_000) long reached,
      @ForAll @IntRange(max = 100) int ahead) {
    Timetable changed =
        Timetable.of(new Schedule.Tumbling(size, 0))
            .change(new Schedule.Tumbling(next, 0), reached, reached + ahead);
    for (int i = 1; i < changed.segments().size(); i++) {
      long from = changed.segments().get(i).from();
      assertThat(from).isGreaterThanOrEqualTo(reached).isLessThan(reached + (long) size * next);
      assertThat(from % size).isZero();
      assertThat(from % next).isZero();
    }
  }

  private static Timetable timetable(String text) {
    List<Timetable.Segment> segments = new ArrayList<>();
    for (String item : text.split(" ", -1)) {
      int colon = item.indexOf(':');
      long from = colon < 0 ? NEVER : Long.parseLong(item.substring(1, colon));
      segments.add(new Timetable.Segment(from, schedule(item.substring(colon + 1))));
    }
    return new Timetable(segments);
  }

  private static Schedule schedule(String text) {
    if (text.equals("none")) {
      return null;
    }
    if (text.equals("each")) {
      return new Schedule.EachReport();
    }
    String[] parts = text.split("\\+", -1);
    long grace = parts.length == 1 ? 0 : Long.parseLong(parts[1]);
    return new Schedule.Tumbling(Long.parseLong(parts[0]), grace);
  }

  private static long time(String text) {
    return text.equals("-") ? NEVER : Long.parseLong(text);
  }

  private static String text(Timetable timetable) {
    List<String> items = new ArrayList<>();
    for (Timetable.Segment segment : timetable.segments()) {
      String at = segment.from() == NEVER ? "" : "@" + segment.from() + ":";
      items.add(at + text(segment.schedule()));
    }
    return String.join(" ", items);
  }

  private static String text(Schedule schedule) {
    if (schedule instanceof Schedule.Tumbling windows) {
      return windows.size() + (windows.grace() == 0 ? "" : "+" + windows.grace());
    }
    return schedule == null ? "none" : "each";
  }
}
