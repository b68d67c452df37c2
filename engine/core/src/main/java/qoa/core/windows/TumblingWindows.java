package qoa.core.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import qoa.core.contracts.Schedule;
import qoa.core.model.Position;
import qoa.core.model.Report;
import qoa.core.model.Window;

/**
 * The open windows of one application and one schedule; contracts with the same schedule share
 * them. All their reports are read from one partition.
 *
 * <p>A window closes when the watermark reaches its end plus grace, and never opens again. An empty
 * window is closed too if the window before it had a report, in time or late: this shows policies
 * that an application fell silent. Further empty windows are not closed, however long the silence.
 *
 * <p>Given its watermark, and the reports from {@link #oldestNeeded} on, another instance with the
 * same schedule has the same open windows: this is how a restart continues. Not safe for several
 * threads.
 */
public final class TumblingWindows {

  private static final long NONE = Long.MAX_VALUE;

  private final Schedule.Tumbling schedule;
  private final NamedMetrics promised;
  private final long until;
  private final TreeMap<Long, Open> open = new TreeMap<>();
  private Window latestWindow = new Window(NONE, NONE);
  private Open latest;

  /** The windows of schedules that take over where this one ends. */
  private final List<TumblingWindows> next = new ArrayList<>(0);

  /** Start of the window after the last one that had reports and was closed. */
  private long silentFrom = NONE;

  /** The oldest report of that last one. */
  private long silentOffset = NONE;

  private static final class Open {
    final Pane pane;
    long oldest = NONE;

    Open(NamedMetrics promised) {
      pane = new Pane(promised);
    }
  }

  /**
   * @param schedule size and grace
   */
  public TumblingWindows(Schedule.Tumbling schedule) {
    this(schedule, Long.MAX_VALUE, NamedMetrics.NOTHING);
  }

  /**
   * @param schedule size and grace
   * @param until windows that begin from then on are not this one's
   * @param promised the stages and metrics that each window always has room for
   */
  public TumblingWindows(Schedule.Tumbling schedule, long until, NamedMetrics promised) {
    this.schedule = schedule;
    this.promised = promised;
    this.until = until;
  }

  /**
   * Has windows of another schedule begin where these end: its first one is judged, even if it
   * stays empty, if the last one here had a report.
   */
  public void followedBy(TumblingWindows other) {
    next.add(other);
  }

  /**
   * Adds a report to its window.
   *
   * @param position of the report in its source partition
   * @param watermark before this report
   * @return false where that window is closed already, and nothing was added
   */
  public boolean add(Report report, Position position, long watermark) {
    long time = report.eventTime();
    if (time < latestWindow.start() || time >= latestWindow.end()) {
      Window window = window(time);
      if (window.end() == until) {
        next.forEach(other -> other.awaitFrom(until, report.raw().offset(), watermark));
      }
      if (closesAt(window.end()) <= watermark) {
        noteLate(window, report.raw().offset(), watermark);
        return false;
      }
      latestWindow = window;
      latest = open.computeIfAbsent(window.start(), s -> new Open(promised));
    } else if (closesAt(latestWindow.end()) <= watermark) {
      noteLate(latestWindow, report.raw().offset(), watermark);
      return false;
    }
    latest.oldest = Math.min(latest.oldest, report.raw().offset());
    latest.pane.add(report, position);
    return true;
  }

  /** Notes a report of a closed window: the next one is judged, even if it stays empty. */
  private void noteLate(Window closed, long offset, long watermark) {
    if (closed.end() < until) {
      awaitFrom(closed.end(), offset, watermark);
    }
  }

  private void awaitFrom(long start, long offset, long watermark) {
    if (closesAt(start + schedule.size()) > watermark) {
      silentOffset = silentFrom == start ? Math.min(silentOffset, offset) : offset;
      silentFrom = start;
    }
  }

  /** The window that contains a moment. */
  public Window window(long time) {
    return Window.tumbling(time, schedule.size());
  }

  /** Whether a window waits to be closed. */
  public boolean hasOpen() {
    return nextStart() != NONE;
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

  /** Closes every window that has reports, oldest first: there are no more reports. */
  public List<ClosedWindow> closeAll() {
    List<ClosedWindow> closed = new ArrayList<>();
    while (!open.isEmpty()) {
      silentFrom = NONE;
      silentOffset = NONE;
      closed.add(closeNext());
    }
    return closed;
  }

  /**
   * The offset of the oldest report that is still needed: an open window contains it, or the next
   * window is judged because of it even if it stays empty. {@link Long#MAX_VALUE} where none is.
   */
  public long oldestNeeded() {
    long oldest = open.containsKey(silentFrom) ? NONE : silentOffset;
    for (Open window : open.values()) {
      oldest = Math.min(oldest, window.oldest);
    }
    return oldest;
  }

  private ClosedWindow closeNext() {
    long start = nextStart();
    Window window = new Window(start, start + schedule.size());
    Open closed = open.remove(start);
    boolean isFollowed = closed != null && window.end() < until;
    silentFrom = isFollowed ? window.end() : NONE;
    silentOffset = isFollowed ? closed.oldest : NONE;
    latestWindow = new Window(NONE, NONE);
    return new ClosedWindow(window, (closed == null ? new Pane() : closed.pane).close());
  }

  private long nextStart() {
    return open.isEmpty() ? silentFrom : Math.min(open.firstKey(), silentFrom);
  }

  private long closesAt(long end) {
    return end + schedule.grace();
  }
}
