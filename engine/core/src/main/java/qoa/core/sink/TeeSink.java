package qoa.core.sink;

import java.util.ArrayList;
import java.util.List;
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
 * Lets a second sink watch a first one: it is given events and dead letters when the first has
 * committed them, so it sees nothing that did not happen.
 */
public final class TeeSink implements Sink {

  private final Sink first;
  private final Sink watcher;
  private final List<Event> events = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();

  public TeeSink(Sink first, Sink watcher) {
    this.first = first;
    this.watcher = watcher;
  }

  @Override
  public void event(Event event) {
    first.event(event);
    events.add(event);
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    first.deadLetter(letter);
    letters.add(letter);
  }

  @Override
  public void status(String key, Status status) {
    first.status(key, status);
  }

  @Override
  public void state(StateKey key, String state) {
    first.state(key, state);
  }

  @Override
  public Optional<String> forward(RawReport report, String application) {
    return first.forward(report, application);
  }

  @Override
  public void handOver(String application, Partition from, String state) {
    first.handOver(application, from, state);
  }

  @Override
  public void mark(Map<Partition, Boolean> caughtUp) {
    first.mark(caughtUp);
  }

  @Override
  public boolean isEmpty() {
    return first.isEmpty();
  }

  @Override
  public boolean isFull() {
    return first.isFull();
  }

  @Override
  public void discard() {
    first.discard();
    events.clear();
    letters.clear();
  }

  @Override
  public void commit(Map<Partition, ReadPosition> positions) {
    first.commit(positions);
    letters.forEach(watcher::deadLetter);
    events.forEach(watcher::event);
    letters.clear();
    events.clear();
    watcher.commit(positions);
  }

  /** Closes the first; the watcher is left to whoever made it. */
  @Override
  public void close() {
    first.close();
  }
}
