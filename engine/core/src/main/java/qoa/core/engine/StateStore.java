package qoa.core.engine;

import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;
import qoa.core.model.StateKey;

/** Stores the states that a restart needs. Called by the threads of all workers. */
@FunctionalInterface
public interface StateStore {

  /**
   * The states of some partitions and of their applications, as committed last.
   *
   * @param partitions the partitions that the applications' reports are read from
   */
  Map<StateKey, String> of(Set<Partition> partitions);
}
