package qoa.core.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;

/** Where reports come from. Used by the engine's one thread only. */
public interface ReportSource extends AutoCloseable {

  /**
   * Begins to read; to be called once, before anything else.
   *
   * @param homes told what is read here
   */
  void open(RebalanceListener homes);

  /**
   * The next messages, each home's in order.
   *
   * @param timeoutMillis how long to wait for the first one
   * @return nothing where none came in time, or where the source is paused
   */
  List<Incoming> poll(long timeoutMillis);

  /** Goes back to what was committed last: all homes are assigned anew. */
  void rewind();

  /** Stops delivering, or goes on; {@link #poll} must still be called while stopped. */
  void pause(boolean paused);

  /** Whether no more will ever come. */
  boolean isExhausted();

  /** Why no reports can come now, for operators; empty where they can. */
  Optional<String> trouble();

  /** Where reports come from, here or read by others; re-keyed ones come from there too. */
  Set<Partition> sources();

  /** As {@link #sources}, as it is now: the brokers are asked, and may take a while. */
  default Set<Partition> sourcesNow() {
    return sources();
  }

  /** Messages of each home not yet delivered, where known, as it was when some came last. */
  Map<Partition, Long> lag();

  /** As {@link #lag}, as it is now: whoever has the messages is asked, and may take a while. */
  default Map<Partition, Long> lagNow() {
    return lag();
  }

  @Override
  void close();
}
