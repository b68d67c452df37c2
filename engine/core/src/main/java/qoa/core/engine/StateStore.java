package qoa.core.engine;

import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;
import qoa.core.model.StateKey;

/** Where the state is kept that a restart needs. Called by the threads of all workers. */
@FunctionalInterface
public interface StateStore {

  /**
   * What was committed last of some homes and of their applications.
   *
   * @param homes where the applications' reports are read from
   */
  Map<StateKey, String> of(Set<Partition> homes);

  /** Nothing is kept: each run starts afresh. */
  static StateStore none() {
    return homes -> Map.of();
  }
}
