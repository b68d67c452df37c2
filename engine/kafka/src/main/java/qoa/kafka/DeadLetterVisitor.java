package qoa.kafka;

import java.util.List;

/**
 * Gets dead letters, or what becomes of them, while they are read. Called by the reading thread.
 */
public interface DeadLetterVisitor<T> {

  /** Some that are meant: at least one, of one partition, by offset. */
  void visit(List<T> batch);

  /** How many letters were looked at since the last call, meant or not. */
  void progress(int read);
}
