package qoa.core.read;

import java.util.List;
import qoa.core.model.Incoming;

/** Reads messages that should be reports. Used by one thread. */
public interface ReportSource extends AutoCloseable {

  /**
   * The next messages, those of each partition in order.
   *
   * @param timeoutMillis how long to wait for the first one
   * @return empty where none came in time
   */
  List<Incoming> poll(long timeoutMillis);

  @Override
  void close();
}
