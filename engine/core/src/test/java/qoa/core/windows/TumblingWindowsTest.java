package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import qoa.core.contracts.Schedule;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.Position;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.Window;

class TumblingWindowsTest {

  private static final Partition SOURCE = new Partition("reports", 0);

  private final TumblingWindows windows = new TumblingWindows(new Schedule.Tumbling(10_000, 2_000));
  private long offset;

  @Test
  void closesWindow_whenWatermarkReachesEndPlusGrace() {
    add(1_000, 1_000);
    assertThat(windows.close(11_999)).isEmpty();
    assertThat(windows.close(12_000)).extracting(ClosedWindow::window).containsExactly(window(0));
  }

  @Test
  void takesReportsInGrace_outOfOrder() {
    add(1_000, 1_000);
    add(11_000, 11_000);
    add(9_999, 11_999);
    List<ClosedWindow> closed = windows.close(12_000);
    assertThat(closed).hasSize(1);
    assertThat(input(closed.get(0)).summary().reports()).isEqualTo(2);
  }

  @Test
  void refusesAReport_whoseWindowIsClosed() {
    add(1_000, 1_000);
    add(13_000, 13_000);
    windows.close(13_000);
    assertThat(windows.add(report(9_000), position(), 13_000)).isFalse();
    assertThat(windows.add(report(10_000), position(), 13_000)).isTrue();
  }

  @Test
  void refusesAReport_whenTheWatermarkPassedItsWindowBeforeAnybodyClosedIt() {
    add(1_000, 1_000);
    assertThat(windows.add(report(2_000), position(), 12_000)).isFalse();
  }

  @Test
  void closesOneEmptyWindow_whenTheApplicationFellSilent() {
    add(1_000, 1_000);
    List<ClosedWindow> closed = windows.close(1_000_000);
    assertThat(closed).extracting(ClosedWindow::window).containsExactly(window(0), window(10_000));
    assertThat(input(closed.get(1)).summary().reports()).isZero();
    assertThat(input(closed.get(1)).summary().stages()).isEmpty();
    assertThat(windows.close(2_000_000)).isEmpty();
  }

  @Test
  void closesNoEmptyWindow_whenReportsGoOn() {
    add(1_000, 1_000);
    add(11_000, 11_000);
    add(23_000, 23_000);
    assertThat(windows.close(23_000))
        .extracting(c -> input(c).summary().reports())
        .containsExactly(1L, 1L);
  }

  @Test
  void closesWhatIsOpenAndNothingElse_atTheEnd() {
    add(1_000, 1_000);
    add(41_000, 1_000);
    assertThat(windows.closeAll())
        .extracting(ClosedWindow::window)
        .containsExactly(window(0), window(40_000));
    assertThat(windows.closeAll()).isEmpty();
  }

  @Test
  void needsTheOldestReport_ofItsOpenWindows() {
    add(1_000, 1_000);
    add(11_000, 11_000);
    add(12_000, 12_000);
    assertThat(windows.oldestNeeded()).isEqualTo(0);
    windows.close(12_000);
    assertThat(windows.oldestNeeded()).isEqualTo(1);
    windows.close(22_000);
    windows.close(32_000);
    assertThat(windows.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void needsAReportOfTheWindowBefore_whereTheNextOneIsStillEmpty() {
    add(1_000, 1_000);
    windows.close(12_000);
    assertThat(windows.oldestNeeded()).isEqualTo(0);
    windows.close(22_000);
    assertThat(windows.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void closesAnEmptyWindow_whereOnlyALateReportWasHeardBefore() {
    assertThat(windows.add(report(1_000), position(), 12_000)).isFalse();
    assertThat(windows.oldestNeeded()).isEqualTo(0);
    assertThat(windows.close(22_000))
        .extracting(ClosedWindow::window)
        .containsExactly(window(10_000));
    assertThat(windows.add(report(1_000), position(), 22_000)).isFalse();
    assertThat(windows.close(99_000)).isEmpty();
  }

  @Test
  void alignsWindowsBeforeTheEpochToo() {
    assertThat(windows.window(-1)).isEqualTo(window(-10_000));
  }

  @Test
  void summarisesStagesAndTheWholeApplication() {
    windows.add(report(1_000, new Observation("a", "i", "m", null, 1, false)), position(), 0);
    windows.add(report(2_000, new Observation("b", "j", "m", null, 3, false)), position(), 0);
    EvaluationInput input = input(windows.closeAll().get(0));
    assertThat(input.summary().stages().get("a").metrics().get("m").mean()).isEqualTo(1);
    assertThat(input.summary().stages().get("b").instances()).containsExactly("j");
    assertThat(input.summary().metrics().get("m").mean()).isEqualTo(2);
    assertThat(input.summary().metrics().get("m").count()).isEqualTo(2);
    assertThat(input.summary().stages().get("a").metrics().get("m").count()).isEqualTo(1);
  }

  private void add(long time, long watermark) {
    assertThat(windows.add(report(time), position(), watermark)).isTrue();
    offset++;
  }

  private Report report(long time, Observation... observations) {
    RawReport raw = new RawReport(SOURCE, offset, 0, null, null, List.of());
    return new Report(raw, ReportKind.ML, "shop", "", time, List.of(observations));
  }

  private Position position() {
    return new Position("reports", 0, offset);
  }

  private static EvaluationInput input(ClosedWindow closed) {
    return closed.input("contract", "shop");
  }

  private static Window window(long start) {
    return new Window(start, start + 10_000);
  }
}
