package qoa.core.sink;

import java.util.List;
import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;

/**
 * Gives each result to several sinks, one after the other.
 *
 * @param sinks in their order
 */
public record FanOut(List<Sink> sinks) implements Sink {

  public FanOut {
    sinks = List.copyOf(sinks);
  }

  @Override
  public void decision(Decision decision) {
    for (Sink sink : sinks) {
      sink.decision(decision);
    }
  }

  @Override
  public void changes(Changes changes) {
    for (Sink sink : sinks) {
      sink.changes(changes);
    }
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    for (Sink sink : sinks) {
      sink.deadLetter(deadLetter);
    }
  }
}
