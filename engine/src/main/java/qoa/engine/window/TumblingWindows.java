package qoa.engine.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import qoa.engine.contracts.Schedule;
import qoa.engine.model.Position;
import qoa.engine.model.Report;
import qoa.engine.model.Source;
import qoa.engine.model.Window;

/**
 * The open windows of one application and one schedule; contracts with the same schedule share
 * them.
 *
 * <p>A window closes when the watermark reaches its end plus grace, and never opens again. After
 * the last window with reports one empty window is closed too: it is how policies see that an
 * application fell silent. Further empty ones are not, however long the silence. Not safe for
 * several threads.
 */
public final class TumblingWindows {

  private static final long NONE = Long.MAX_VALUE;

  private final Schedule.Tumbling schedule;
  private final TreeMap<Long, Pane> open = new TreeMap<>();
  private Window latestWindow = new Window(NONE, NONE);
  private Pane latestPane;
  private long silentFrom = NONE;

  /**
   * @param schedule size and grace
   */
  public TumblingWindows(Schedule.Tumbling schedule) {
    this.schedule = schedule;
  }

  /**
   * Adds a report to its window.
   *
   * @param position where the report came from
   * @param watermark before this report
   * @return false where that window is closed already, and nothing was added
   */
  public boolean add(Report report, Position position, long watermark) {
    long time = report.eventTime();
    if (time < latestWindow.start() || time >= latestWindow.end()) {
      Window window = window(time);
      if (closesAt(window.end()) <= watermark) {
        return false;
      }
      latestWindow = window;
      latestPane = open.computeIfAbsent(window.start(), s -> new Pane());
    } else if (closesAt(latestWindow.end()) <= watermark) {
      return false;
    }
    latestPane.add(report, position);
    return true;
  }

  /** The window that a moment lies in. */
  public Window window(long time) {
    return Window.tumbling(time, schedule.size());
  }

  /** Whether {@link #close} would find something to close. */
  public boolean isDue(long watermark) {
    return nextStart() != NONE && closesAt(nextStart() + schedule.size()) <= watermark;
  }

  /** Closes every window that the watermark has passed, oldest first. */
  public List<ClosedWindow> close(long watermark) {
    List<ClosedWindow> closed = new ArrayList<>();
    while (isDue(watermark)) {
      closed.add(closeNext());
    }
    return closed;
  }

  /** Closes every window that has reports, oldest first: no more reports will come. */
  public List<ClosedWindow> closeAll() {
    List<ClosedWindow> closed = new ArrayList<>();
    while (!open.isEmpty()) {
      silentFrom = NONE;
      closed.add(closeNext());
    }
    return closed;
  }

  /** Lowers each source's offset in the map to the oldest report that an open window rests on. */
  public void oldestNeeded(Map<Source, Long> offsets) {
    for (Pane pane : open.values()) {
      pane.offsets().forEach((source, offset) -> offsets.merge(source, offset, Math::min));
    }
  }

  private ClosedWindow closeNext() {
    long start = nextStart();
    Window window = new Window(start, start + schedule.size());
    Pane pane = open.remove(start);
    silentFrom = pane == null ? NONE : window.end();
    latestWindow = new Window(NONE, NONE);
    return new ClosedWindow(window, (pane == null ? new Pane() : pane).close());
  }

  private long nextStart() {
    return open.isEmpty() ? silentFrom : Math.min(open.firstKey(), silentFrom);
  }

  private long closesAt(long end) {
    return end + schedule.grace();
  }
}
