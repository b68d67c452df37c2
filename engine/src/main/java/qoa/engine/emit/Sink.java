package qoa.engine.emit;

import java.util.Map;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.Source;

/**
 * Where a pipeline's results go. Called by the pipeline's one thread. What was given since the last
 * {@link #commit} becomes visible with the next one, together with the offsets, or not at all.
 */
public interface Sink extends AutoCloseable {

  /** Takes an event. */
  void event(Event event);

  /** Takes a message that is not a report. */
  void deadLetter(DeadLetter letter);

  /**
   * Makes everything taken so far durable, with how far the reports have been used up.
   *
   * @param offsets for each source the offset of the next report that is still needed
   */
  void commit(Map<Source, Long> offsets);

  @Override
  void close();
}
