package qoa.core.engine;

import java.util.List;
import java.util.Set;
import qoa.core.lifecycle.Status;
import qoa.core.model.Partition;

/** Where the current verdicts of all promises are kept. Called by the engine's one thread. */
@FunctionalInterface
public interface StatusStore {

  /**
   * What was committed last of the promises of some homes.
   *
   * @param homes where the reports of the promises' applications are read from
   */
  List<Status> of(Set<Partition> homes);

  /** Nothing is kept: each run starts afresh. */
  static StatusStore none() {
    return homes -> List.of();
  }
}
