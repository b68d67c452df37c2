package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How the reports of one application fall into event-time windows: which windows are judged, with
 * which reports, and which reports came too late.
 *
 * <p>Where reports of several partitions are read in another order than here, event time may be
 * another one meanwhile. Whoever makes the reports sees to it that none is near to being late.
 *
 * <p>A window without reports is judged where the one before it had any, late ones among them as
 * long as the window itself was not over.
 */
final class Timeline {

  private final ExpectedSchedule schedule;
  private final NavigableMap<ExpectedWindow, List<FoundReport>> judged = new TreeMap<>();
  private final List<FoundReport> late = new ArrayList<>();

  /** When the report was sent by which event time came so far. */
  private final NavigableMap<Long, Long> reached = new TreeMap<>();

  /**
   * @param reports of one application, in the order in which they may have been read
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

  /** The reports of each window that is judged; none where it is silent. */
  NavigableMap<ExpectedWindow, List<FoundReport>> judged() {
    return judged;
  }

  /** When the report was sent that closed a window, in milliseconds since the epoch. */
  long closed(ExpectedWindow window) {
    return reached.ceilingEntry(window.closesAt()).getValue();
  }

  /** Reports that are judged on their own. */
  List<FoundReport> late() {
    return late;
  }
}
