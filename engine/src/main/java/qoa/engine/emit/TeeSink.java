package qoa.engine.emit;

import java.util.Map;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.Source;

/** Gives everything to two sinks, in order; the first decides whether a commit holds. */
public final class TeeSink implements Sink {

  private final Sink first;
  private final Sink second;

  public TeeSink(Sink first, Sink second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void event(Event event) {
    first.event(event);
    second.event(event);
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    first.deadLetter(letter);
    second.deadLetter(letter);
  }

  @Override
  public void commit(Map<Source, Long> offsets) {
    first.commit(offsets);
    second.commit(offsets);
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
