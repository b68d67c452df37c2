package qoa.engine.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qoa.engine.model.RawReport;
import qoa.engine.model.Source;

/** Where reports come from. Used by the pipeline's one thread only. */
public interface ReportSource extends AutoCloseable {

  /**
   * The next messages, each source's in order.
   *
   * @param timeoutMillis how long to wait for the first one
   * @return nothing where none came in time, or where the source is paused
   */
  List<RawReport> poll(long timeoutMillis);

  /** Stops delivering, or goes on; {@link #poll} must still be called while stopped. */
  void pause(boolean paused);

  /** Whether no more will ever come. */
  boolean isExhausted();

  /** Why no reports can come now, for operators; empty where they can. */
  Optional<String> trouble();

  /** Messages not yet delivered, where known. */
  Map<Source, Long> lag();

  @Override
  void close();
}
