package qoa.core.sink;

import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;

/** Takes the results of an engine, in order. Called by the engine's one thread. */
public interface Sink {

  /** Takes the decision of an evaluation. */
  void decision(Decision decision);

  /**
   * Takes changes that follow from no evaluation: of contracts that were changed or removed, and of
   * applications that moved to another partition.
   */
  void changes(Changes changes);

  /** Takes a message that is not a report. */
  void deadLetter(DeadLetter deadLetter);
}
