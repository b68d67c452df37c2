package qoa.core.sink;

/**
 * A sink whose results become visible with a commit: all that it took since the last one, or none
 * of it. Used by the thread that drives the engine.
 */
public interface LiveSink extends Sink, AutoCloseable {

  /** Whether it is certain that nothing was taken since the last commit. */
  boolean isEmpty();

  /** Whether so much waits for a commit that it should come now. */
  boolean isFull();

  /** Drops what was taken since the last commit. */
  void discard();

  /** Makes everything taken so far durable, with the progress of the engine that it rests on. */
  void commit(Progress progress);

  /** Drops what was not committed. */
  @Override
  void close();
}
