package qoa.service.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Limits the duration and the number of connections. A connection is closed after a time limit,
 * even if it is in use. If more than 256 are open, the oldest is closed. So clients that send half
 * a request, or read their response byte by byte, do not block others. Called by Jetty's threads.
 */
final class ConnectionBounds implements Connection.Listener {

  static final int MAX = 256;

  private final Scheduler scheduler;
  private final Duration limit;

  /** The open connections, the oldest first. */
  private final Map<Connection, Scheduler.Task> open = new LinkedHashMap<>();

  /**
   * @param limit the longest duration of a connection
   */
  ConnectionBounds(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    Scheduler.Task end =
        scheduler.schedule(() -> abort(connection), limit.toMillis(), TimeUnit.MILLISECONDS);
    Connection eldest = null;
    synchronized (open) {
      open.put(connection, end);
      if (open.size() > MAX) {
        Iterator<Connection> first = open.keySet().iterator();
        eldest = first.next();
        open.remove(eldest).cancel();
      }
    }
    if (eldest != null) {
      abort(eldest);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (open) {
      Scheduler.Task end = open.remove(connection);
      if (end != null) {
        end.cancel();
      }
    }
  }

  private static void abort(Connection connection) {
    connection
        .getEndPoint()
        .close(new TimeoutException("the connection was open too long, or too many were open"));
  }
}
