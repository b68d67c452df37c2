package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import qoa.systemtests.faults.check.Segment.End;

/**
 * The expected results of the windows of one application, judged by a contract that was added,
 * changed and removed while engines ran. When an engine notices a change depends on the engine, and
 * the events show it. But each window is judged by exactly one version, and by no earlier version
 * than the window before it. Windows of another size begin where windows of the old size end, so
 * that none overlap and none are missing. A window without any event counts as judged by the
 * version before it: contracts that change have a promise that causes an event in each window.
 */
final class Versions {

  /** How long an engine may take to notice a change while faults are injected. */
  static final long PATIENCE_MILLIS = 60_000;

  private final List<Terms> versions;
  private final String application;
  private final ExpectedSchedule schedule;
  private final Map<Long, Integer> judgedBy = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** The first and the last window with events; null if there are none. */
  private final ExpectedWindow firstFound;

  private final ExpectedWindow lastFound;

  /** A window with events, and the latest version that they name. */
  private record Found(ExpectedWindow window, int version) {

    Found and(Found other) {
      return version >= other.version ? this : other;
    }
  }

  /**
   * @param versions the versions of one contract, in the order in which they were active; at least
   *     one
   * @param found the events found about this contract and application
   */
  Versions(List<Terms> versions, String application, List<FoundEvent> found) {
    this.versions = versions;
    this.application = application;
    this.schedule = new ExpectedSchedule(first().windows());
    NavigableMap<ExpectedWindow, Found> windows = windows(found);
    firstFound = windows.isEmpty() ? null : windows.firstKey();
    lastFound = windows.isEmpty() ? null : windows.lastKey();
    follow(windows);
  }

  private Terms first() {
    return versions.get(0);
  }

  private Terms last() {
    return versions.get(versions.size() - 1);
  }

  private NavigableMap<ExpectedWindow, Found> windows(List<FoundEvent> events) {
    List<String> names = versions.stream().map(Terms::version).toList();
    NavigableMap<ExpectedWindow, Found> windows = new TreeMap<>();
    for (FoundEvent event : events) {
      Claim.About about = event.claim().about();
      if (about.report() == null && !about.ended()) {
        ExpectedWindow window = new ExpectedWindow(about.start(), about.end(), 0);
        int version = names.indexOf(event.claim().version());
        windows.merge(window, new Found(window, version), Found::and);
        checkInForce(event, version);
      }
    }
    return windows;
  }

  private void checkInForce(FoundEvent event, int version) {
    if (version >= 0 && event.sent() < versions.get(version).since()) {
      problems.add("judged by a version before it existed: " + event);
    } else if (last().isRemoved() && event.sent() > last().until() + PATIENCE_MILLIS) {
      problems.add("judged long after the contract was removed: " + event);
    }
  }

  /** Finds the times at which the window size changes. */
  private void follow(NavigableMap<ExpectedWindow, Found> windows) {
    Tumbling current = first().windows();
    int version = 0;
    int waiting = -1;
    long latest = Long.MAX_VALUE;
    long reached = Long.MIN_VALUE;
    for (Found found : windows.values()) {
      ExpectedWindow window = found.window;
      int next = Math.max(version, found.version);
      Tumbling size = sizeOf(window, next);
      if (window.start() < reached || size == null) {
        continue; // reported as not expected: it overlaps another window, or has an unknown size
      }
      Tumbling wanted = versions.get(next).windows();
      if (reached == Long.MIN_VALUE) {
        schedule.change(Long.MIN_VALUE, size); // the engines may have begun with a later version
        current = size;
      } else if (!size.equals(current)) {
        change(current, size, reached, window);
        current = size;
      } else if (!wanted.equals(current) && next != waiting) {
        waiting = next;
        latest = current.commonStart(wanted, window.end() + current.grace() + PATIENCE_MILLIS);
      } else if (!wanted.equals(current) && window.start() >= latest) {
        problems.add("the earlier windows continue in " + describe(window));
        latest = Long.MAX_VALUE;
      }
      judgedBy.put(window.start(), next);
      version = next;
      reached = window.end();
    }
  }

  private Tumbling sizeOf(ExpectedWindow window, int version) {
    for (int v = version; v >= 0; v--) {
      Tumbling windows = versions.get(v).windows();
      if (windows.size() == window.size() && windows.beginsAt(window.start())) {
        return windows;
      }
    }
    return null;
  }

  private void change(Tumbling current, Tumbling next, long reached, ExpectedWindow first) {
    long boundary = current.commonStart(next, reached);
    if (boundary > first.start() || !current.beginsAt(boundary)) {
      problems.add("the size changes where not both windows begin: " + describe(first));
      boundary = first.start();
    }
    schedule.change(boundary, next);
  }

  private String describe(ExpectedWindow window) {
    return "%s of %s, %s".formatted(window, first().id(), application);
  }

  /** The windows of all times. */
  ExpectedSchedule schedule() {
    return schedule;
  }

  /** The problems of the events found. */
  List<String> problems() {
    return problems;
  }

  /**
   * Judges windows.
   *
   * @param windows the closed windows and their reports
   * @param closed returns when the report that closed a window was sent, in milliseconds since the
   *     epoch
   */
  List<Segment> judge(
      NavigableMap<ExpectedWindow, List<FoundReport>> windows,
      ToLongFunction<ExpectedWindow> closed) {
    List<Segment> segments = new ArrayList<>();
    NavigableMap<ExpectedWindow, List<FoundReport>> row = new TreeMap<>();
    int current = 0;
    for (Map.Entry<ExpectedWindow, List<FoundReport>> entry : windows.entrySet()) {
      ExpectedWindow window = entry.getKey();
      if (hasBegun(window) && !hasEnded(window, closed)) {
        int next = Math.max(current, judgedBy.getOrDefault(window.start(), current));
        if (next > current && !row.isEmpty()) {
          segments.add(Segment.of(versions.get(current), application, row, End.CHANGED));
          row = new TreeMap<>();
        }
        current = next;
        row.put(window, entry.getValue());
      }
    }
    End end = last().isRemoved() ? End.REMOVED : End.NONE;
    segments.add(Segment.of(versions.get(current), application, row, end));
    return segments;
  }

  /** A new contract judges the windows that begin after the engine has noticed it. */
  private boolean hasBegun(ExpectedWindow window) {
    return first().since() == 0
        || (firstFound != null && window.start() >= firstFound.start())
        || window.start() >= first().since() + PATIENCE_MILLIS;
  }

  /** A removed contract judges no window that closes after the engine has noticed the removal. */
  private boolean hasEnded(ExpectedWindow window, ToLongFunction<ExpectedWindow> closed) {
    return last().isRemoved()
        && (lastFound == null || window.end() > lastFound.end())
        && closed.applyAsLong(window) > last().until() - PATIENCE_MILLIS;
  }
}
