package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import qoa.core.contracts.Schedule;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.Window;

/**
 * Given the watermark that one had, and the reports from {@link TumblingWindows#oldestNeeded} on,
 * another one goes on as the first would have.
 */
class TumblingWindowsRestartTest {

  private static final Schedule.Tumbling SCHEDULE = new Schedule.Tumbling(10_000, 2_000);
  private static final Partition PARTITION = new Partition("reports", 0);

  /**
   * A report.
   *
   * @param on how far event time goes on with it, in milliseconds
   * @param back how far it is out of order
   */
  private record Step(int on, int back) {}

  private record Closed(Window window, long reports, Double sum) {
    static Closed of(ClosedWindow closed) {
      var input = closed.input("contract", "shop");
      return new Closed(
          closed.window(),
          input.summary().reports(),
          input.summary().reports() == 0 ? null : input.summary().metrics().get("m").sum());
    }
  }

  private final Reading reading = new Reading(); // for the tests of one case

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void goesOnAsTheFirst(@ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> later) {
    Reading first = new Reading();
    steps.forEach(first::take);
    Reading second = first.restarted();
    assertThat(second.windows.hasOpen()).isEqualTo(first.windows.hasOpen());
    for (Step step : later) {
      assertThat(second.take(step)).isEqualTo(first.take(step));
    }
    assertThat(second.close(Long.MAX_VALUE / 2)).isEqualTo(first.close(Long.MAX_VALUE / 2));
  }

  @Test
  void closesTheEmptyWindow_afterOneThatWasClosedBefore() {
    reading.take(new Step(1_000, 0));
    assertThat(reading.close(12_000)).hasSize(1);
    Reading second = reading.restarted();
    assertThat(second.close(99_000)).containsExactly(new Closed(window(10_000), 0, null));
  }

  @Test
  void closesNoEmptyWindow_wherePeopleWereToldOfIt() {
    reading.take(new Step(1_000, 0));
    assertThat(reading.close(22_000)).hasSize(2);
    Reading second = reading.restarted();
    assertThat(second.windows.hasOpen()).isFalse();
  }

  @Test
  void closesTheEmptyWindow_afterALateReport() {
    reading.close(12_000);
    reading.take(new Step(1_000, 0));
    Reading second = reading.restarted();
    assertThat(second.close(99_000)).containsExactly(new Closed(window(10_000), 0, null));
  }

  @Test
  void countsNoReportTwice_thatWasJudgedLate() {
    reading.take(new Step(1_000, 0));
    reading.take(new Step(11_500, 0));
    reading.close(12_000);
    reading.take(new Step(0, 9_000)); // late
    Reading second = reading.restarted();
    assertThat(second.close(99_000))
        .extracting(Closed::window, Closed::reports)
        .containsExactly(tuple(window(10_000), 1L), tuple(window(20_000), 0L));
  }

  /** Windows, and what was read so far. */
  private static final class Reading {

    private final TumblingWindows windows = new TumblingWindows(SCHEDULE);
    private final List<Report> read = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    Reading restarted() {
      Reading second = new Reading();
      second.read.addAll(read);
      second.watermark = watermark;
      read.stream()
          .filter(report -> report.raw().offset() >= windows.oldestNeeded())
          .forEach(report -> second.windows.add(report, report.raw().position(), watermark));
      return second;
    }

    List<Closed> take(Step step) {
      long latest = read.stream().mapToLong(Report::eventTime).max().orElse(0);
      long time = latest + step.on() - step.back();
      RawReport raw = new RawReport(PARTITION, read.size(), 0, null, null, List.of());
      Observation one = new Observation("s", null, "m", null, read.size(), false);
      Report report = new Report(raw, ReportKind.ML, "shop", "", time, List.of(one));
      windows.add(report, raw.position(), watermark);
      read.add(report);
      return close(time);
    }

    List<Closed> close(long reached) {
      watermark = Math.max(watermark, reached);
      return windows.close(watermark).stream().map(Closed::of).toList();
    }
  }

  private static Window window(long start) {
    return new Window(start, start + 10_000);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> on =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(0, 4_000)),
            Tuple.of(1, Arbitraries.integers().between(4_000, 60_000)));
    Arbitrary<Integer> back =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.just(0)),
            Tuple.of(2, Arbitraries.integers().between(0, 6_000)),
            Tuple.of(1, Arbitraries.integers().between(6_000, 40_000)));
    return Combinators.combine(on, back).as(Step::new).list().ofMaxSize(15);
  }
}
