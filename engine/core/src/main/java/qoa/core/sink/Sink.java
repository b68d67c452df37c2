package qoa.core.sink;

import java.util.Map;
import java.util.Optional;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Status;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.StateKey;

/**
 * Where an engine's results go. Called by the engine's one thread. What was given since the last
 * {@link #commit} becomes visible with the next one, together with the positions, or not at all.
 */
public interface Sink extends AutoCloseable {

  /** Takes an event. */
  void event(Event event);

  /** Takes a message that is not a report. */
  void deadLetter(DeadLetter letter);

  /**
   * Takes the current verdict of a promise; of those given for a key before a commit the last one
   * counts. Whoever only shows events passes it over.
   *
   * @param key see {@link Status#key}
   * @param status null where the promise is no longer watched
   */
  default void status(String key, Status status) {}

  /**
   * Takes the state that a restart needs of an application or a home; the last one given for a key
   * counts. A sink that only shows events ignores it.
   *
   * @param state null where nothing is to be known any more
   */
  default void state(StateKey key, String state) {}

  /**
   * Takes a report that is to be read again by whoever judges its application's windows.
   *
   * @return why it cannot be taken, for people: it is too large; empty where it is taken
   * @throws UnsupportedOperationException where this sink leads nowhere reports are read from
   */
  default Optional<String> forward(RawReport report, String application) {
    throw new UnsupportedOperationException("reports are not re-keyed here");
  }

  /**
   * Takes what was known of an application that is judged elsewhere from now on.
   *
   * @param from where it was judged
   * @param state in the engine's words; empty for nothing
   */
  default void handOver(String application, Partition from, String state) {
    throw new UnsupportedOperationException("reports are not re-keyed here");
  }

  /** Tells those readers, after all forwarded before, which sources have been read to their end. */
  default void mark(Map<Partition, Boolean> caughtUp) {
    throw new UnsupportedOperationException("reports are not re-keyed here");
  }

  /** Whether it is certain that nothing was taken since the last commit. */
  default boolean isEmpty() {
    return false;
  }

  /** Whether so much waits for a commit that it should come now. */
  default boolean isFull() {
    return false;
  }

  /** Forgets what was taken since the last commit. */
  default void discard() {}

  /**
   * Makes everything taken so far durable, with how far the reports have been used up.
   *
   * @param positions of all homes that it rests on
   */
  void commit(Map<Partition, ReadPosition> positions);

  @Override
  void close();
}
