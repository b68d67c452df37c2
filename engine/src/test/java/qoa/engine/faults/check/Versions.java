package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must come of the windows of one application, judged by a contract that was changed
 * meanwhile. From which window on a version judges is up to when its engine noticed; but each
 * window is judged by exactly one version, and none by an earlier one than the window before.
 *
 * <p>Where the events show which version judged, that is believed; where they do not, because both
 * versions may have had nothing to say, the change is put where it explains most.
 */
final class Versions {

  private final List<Terms> versions;
  private final String application;
  private final NavigableMap<Long, List<Report>> windows;
  private final Map<Claim.About, Claim> found = new HashMap<>();
  private final TreeMap<Integer, TreeSet<Long>> seen = new TreeMap<>();

  /**
   * @param versions of one contract, in the order in which they were in force; at least one
   * @param windows those that are judged, by their start
   * @param found the events about this contract and application that were found
   */
  Versions(
      List<Terms> versions,
      String application,
      NavigableMap<Long, List<Report>> windows,
      List<Claim> found) {
    this.versions = versions;
    this.application = application;
    this.windows = windows;
    Map<String, Integer> numbers = new HashMap<>();
    versions.forEach(terms -> numbers.put(terms.version(), numbers.size()));
    for (Claim claim : found) {
      this.found.put(claim.about(), claim);
      Integer number = numbers.get(claim.version());
      if (number != null && claim.about().report() == null && !claim.about().ended()) {
        seen.computeIfAbsent(number, n -> new TreeSet<>()).add(claim.about().start());
      }
    }
  }

  /** The segments, in order. */
  List<Segment> segments() {
    if (versions.size() == 1 || seen.isEmpty()) {
      return List.of(Segment.of(versions.get(0), application, windows, false));
    }
    List<Segment> segments = new ArrayList<>();
    List<Integer> numbers = List.copyOf(seen.keySet());
    SortedMap<Long, List<Report>> left = windows;
    for (int i = 0; i < numbers.size(); i++) {
      Terms terms = versions.get(numbers.get(i));
      if (i == numbers.size() - 1) {
        segments.add(Segment.of(terms, application, left, false));
      } else {
        long change = change(numbers.get(i), numbers.get(i + 1), left);
        segments.add(Segment.of(terms, application, left.headMap(change), true));
        left = left.tailMap(change);
      }
    }
    return segments;
  }

  /** Start of the first window that the next version judges. */
  private long change(int number, int next, SortedMap<Long, List<Report>> left) {
    long lastOfOne = seen.get(number).last();
    long firstOfNext = seen.get(next).first();
    long best = firstOfNext;
    long fewest = Long.MAX_VALUE;
    for (long change :
        windows.subMap(lastOfOne, false, Math.max(lastOfOne, firstOfNext), true).keySet()) {
      SortedMap<Long, List<Report>> judgedByNext =
          left.tailMap(change).headMap(seen.get(next).last() + 1);
      long differences =
          differences(Segment.of(versions.get(number), application, left.headMap(change), true))
              + differences(Segment.of(versions.get(next), application, judgedByNext, false));
      if (differences < fewest) {
        fewest = differences;
        best = change;
      }
    }
    return best;
  }

  private long differences(Segment segment) {
    return segment.events().stream().filter(claim -> !isFound(claim)).count();
  }

  private boolean isFound(Claim claim) {
    Claim same = found.get(claim.about());
    return same != null && claim.differences(same).isEmpty();
  }
}
