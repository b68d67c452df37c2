package qoa.core.engine;

import java.util.List;
import java.util.Set;
import qoa.core.lifecycle.Status;
import qoa.core.model.Partition;

/** Stores the current verdicts of all promises. Called by the engine's one thread. */
@FunctionalInterface
public interface StatusStore {

  /**
   * The statuses of some partitions, as committed last.
   *
   * @param partitions the partitions that the applications' reports are read from
   */
  List<Status> of(Set<Partition> partitions);
}
