package qoa.core.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;

/**
 * Lets a second sink watch a live one. The watcher is given dead letters, and decisions and changes
 * that have events, once the live sink has committed them.
 */
public final class WatchedSink implements LiveSink {

  private final LiveSink live;
  private final Sink watcher;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<Consumer<Sink>> withEvents = new ArrayList<>();

  /**
   * @param live closed with this sink
   */
  public WatchedSink(LiveSink live, Sink watcher) {
    this.live = live;
    this.watcher = watcher;
  }

  @Override
  public void decision(Decision decision) {
    live.decision(decision);
    if (!decision.changes().events().isEmpty()) {
      withEvents.add(sink -> sink.decision(decision));
    }
  }

  @Override
  public void changes(Changes changes) {
    live.changes(changes);
    if (!changes.events().isEmpty()) {
      withEvents.add(sink -> sink.changes(changes));
    }
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    live.deadLetter(deadLetter);
    deadLetters.add(deadLetter);
  }

  @Override
  public boolean isEmpty() {
    return live.isEmpty();
  }

  @Override
  public boolean isFull() {
    return live.isFull();
  }

  @Override
  public void discard() {
    live.discard();
    deadLetters.clear();
    withEvents.clear();
  }

  @Override
  public void commit(Progress progress) {
    live.commit(progress);
    deadLetters.forEach(watcher::deadLetter);
    withEvents.forEach(given -> given.accept(watcher));
    deadLetters.clear();
    withEvents.clear();
  }

  @Override
  public void close() {
    live.close();
  }
}
