package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What must come of the windows of one application, judged by a contract that was changed
 * meanwhile. From which window on a version judges is up to when its engine noticed, and events
 * tell; but each window is judged by exactly one version, and none by an earlier one than the
 * window before. A window that brought no event at all counts as judged by the version before it:
 * contracts that change have a promise that brings one in each window.
 */
final class Versions {

  private final List<Terms> versions;
  private final String application;
  private final Map<Long, Integer> judgedBy = new HashMap<>();

  /**
   * @param versions of one contract, in the order in which they were in force; at least one
   * @param found the events about this contract and application that were found
   */
  Versions(List<Terms> versions, String application, List<Claim> found) {
    this.versions = versions;
    this.application = application;
    List<String> names = versions.stream().map(Terms::version).toList();
    for (Claim claim : found) {
      if (claim.about().report() == null && !claim.about().ended()) {
        judgedBy.merge(claim.about().start(), names.indexOf(claim.version()), Math::max);
      }
    }
  }

  /**
   * Judges windows.
   *
   * @param windows the reports of each that is judged, by its start
   */
  List<Segment> judge(NavigableMap<Long, List<Report>> windows) {
    List<Segment> segments = new ArrayList<>();
    NavigableMap<Long, List<Report>> row = new TreeMap<>();
    int current = 0;
    for (Map.Entry<Long, List<Report>> window : windows.entrySet()) {
      int next = Math.max(current, judgedBy.getOrDefault(window.getKey(), current));
      if (next > current && !row.isEmpty()) {
        segments.add(Segment.of(versions.get(current), application, row, true));
        row = new TreeMap<>();
      }
      current = next;
      row.put(window.getKey(), window.getValue());
    }
    segments.add(Segment.of(versions.get(current), application, row, false));
    return segments;
  }
}
