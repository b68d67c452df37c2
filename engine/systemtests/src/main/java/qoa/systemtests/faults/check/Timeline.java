package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The assignment of the reports of one application to event-time windows: which windows are judged,
 * with which reports, and which reports are late.
 *
 * <p>If an engine reads the partitions in another order than the checker, the watermark differs in
 * between. Therefore the generator sends no report that is close to being late.
 *
 * <p>A window without reports is judged if the window before it had reports. Late reports count for
 * this while the window itself is open.
 */
final class Timeline {

  private final ExpectedSchedule schedule;
  private final NavigableMap<ExpectedWindow, List<FoundReport>> judged = new TreeMap<>();
  private final List<FoundReport> late = new ArrayList<>();

  /** For each watermark, when the report was sent that advanced it so far. */
  private final NavigableMap<Long, Long> reached = new TreeMap<>();

  /**
   * @param reports the reports of one application, in an order in which they may have been read
   */
  Timeline(ExpectedSchedule schedule, List<FoundReport> reports) {
    this.schedule = schedule;
    EventTime eventTime = new EventTime();
    TreeMap<ExpectedWindow, List<FoundReport>> windows = new TreeMap<>();
    for (FoundReport report : reports) {
      ExpectedWindow window = schedule.at(report.time());
      boolean isLate = window.closesAt() <= eventTime.value();
      if (isLate) {
        late.add(report);
      }
      if (next(window).closesAt() > eventTime.value()) {
        List<FoundReport> inWindow = windows.computeIfAbsent(window, w -> new ArrayList<>());
        inWindow.addAll(isLate ? List.of() : List.of(report));
      }
      eventTime.take(report);
      reached.putIfAbsent(eventTime.value(), report.sent());
    }
    windows.forEach(
        (window, inWindow) -> {
          if (!inWindow.isEmpty()) {
            judge(window, inWindow, eventTime.value());
          }
          ExpectedWindow next = next(window);
          judge(next, windows.getOrDefault(next, List.of()), eventTime.value());
        });
  }

  private ExpectedWindow next(ExpectedWindow window) {
    return schedule.at(window.end());
  }

  private void judge(ExpectedWindow window, List<FoundReport> reports, long eventTime) {
    if (window.closesAt() <= eventTime) {
      judged.put(window, reports);
    }
  }

  /** The judged windows and their reports, which may be none. */
  NavigableMap<ExpectedWindow, List<FoundReport>> judged() {
    return judged;
  }

  /** When the report that closed a window was sent, in milliseconds since the epoch. */
  long closed(ExpectedWindow window) {
    return reached.ceilingEntry(window.closesAt()).getValue();
  }

  /** The late reports, which are judged on their own. */
  List<FoundReport> late() {
    return late;
  }
}
