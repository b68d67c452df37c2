package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How the reports of one application fall into the windows of one size and grace (DESIGN section
 * 8): which windows are judged, with which reports, and which reports came too late.
 *
 * <p>A report is late where its own partition had brought the application to the end of its window
 * and the grace before. Reports that are late by this rule are late by any watermark only where the
 * other partitions have come as far: whoever makes the reports sees to that.
 *
 * <p>A window without reports is judged where the one before it had any, late ones among them as
 * long as the window itself was not over.
 */
final class Timeline {

  private final long size;
  private final long grace;
  private final TreeMap<Long, List<Report>> judged = new TreeMap<>();
  private final List<Report> late = new ArrayList<>();

  /**
   * @param reports of one application, each partition's in the order in which they lie there
   */
  Timeline(long size, long grace, List<Report> reports) {
    this.size = size;
    this.grace = grace;
    Map<Integer, Long> progress = new HashMap<>();
    TreeMap<Long, List<Report>> windows = new TreeMap<>();
    for (Report report : reports) {
      long start = start(report.time());
      long reached = progress.getOrDefault(report.place().partition(), Long.MIN_VALUE);
      boolean isLate = closesAt(start) <= reached;
      if (isLate) {
        late.add(report);
      }
      if (closesAt(start + size) > reached) {
        List<Report> inWindow = windows.computeIfAbsent(start, s -> new ArrayList<>());
        inWindow.addAll(isLate ? List.of() : List.of(report));
      }
      progress.merge(report.place().partition(), report.time(), Math::max);
    }
    long watermark =
        progress.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    windows.forEach(
        (start, inWindow) -> {
          if (!inWindow.isEmpty()) {
            judge(start, inWindow, watermark);
          }
          judge(start + size, windows.getOrDefault(start + size, List.of()), watermark);
        });
  }

  private void judge(long start, List<Report> reports, long watermark) {
    if (closesAt(start) <= watermark) {
      judged.put(start, reports);
    }
  }

  private long closesAt(long start) {
    return start + size + grace;
  }

  /** Start of the window that a moment lies in. */
  long start(long time) {
    return Math.floorDiv(time, size) * size;
  }

  /** The reports of each window that is judged, by its start; none where it is silent. */
  NavigableMap<Long, List<Report>> judged() {
    return judged;
  }

  /** Reports that are judged on their own. */
  List<Report> late() {
    return late;
  }
}
