package qoa.engine.emit;

import java.util.List;
import java.util.Set;
import qoa.engine.model.Source;

/** Where the current verdicts of all promises are kept. Called by the pipeline's one thread. */
@FunctionalInterface
public interface StatusStore {

  /**
   * What was committed last of the promises of some homes.
   *
   * @param homes where the reports of the promises' applications are read from
   */
  List<Status> of(Set<Source> homes);

  /** Nothing is kept: each run starts afresh. */
  static StatusStore none() {
    return homes -> List.of();
  }
}
