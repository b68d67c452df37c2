package qoa.core.engine;

import qoa.core.sink.LiveSink;
import qoa.core.sink.Progress;

/**
 * Where the results of live engines go: to a sink, and their counts to metrics. Used by the thread
 * that drives the engine.
 *
 * @param sink the sink that the engines were made with
 * @param metrics told what was committed; shared by all engines of a process
 */
public record LiveOutlet(LiveSink sink, EngineMetrics metrics) {

  /**
   * Commits what the sink took, with the progress of the engine. To be called when nothing is due;
   * of the messages that were polled, only those that were taken in count.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public void commit(Engine engine, long now) {
    Progress progress = engine.progress(now);
    if (!sink.isEmpty() || engine.hasMoved(progress)) {
      // All positions, moved or not: by them the broker knows whether the partitions are still
      // ours.
      sink.commit(progress);
      engine.committed(progress);
    }
    engine.addTo(metrics, now);
    engine.settle();
  }

  /** Drops an engine, and what it has not committed. */
  public void drop(Engine engine) {
    engine.removeFrom(metrics);
    sink.discard();
  }
}
