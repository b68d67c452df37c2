package qoa.kafka;

import java.util.List;

/** Receives dead letters, or the results of a redrive, in batches. Called by the reading thread. */
public interface DeadLetterVisitor<T> {

  /** Receives a batch: at least one item, all of one partition, by offset. */
  void visit(List<T> batch);

  /** Receives the number of dead letters read since the last call, selected or not. */
  void progress(int read);
}
