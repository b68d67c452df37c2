package qoa.systemtests.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One run of the suite. The same settings give the same faults in the same order, and reports of
 * the same pattern; how they fall together is up to the machine.
 *
 * @param home the repository's top folder
 * @param folder where the run keeps everything
 * @param backends one for each engine
 * @param kinds of faults that may be injected; what the engines cannot suffer is left out
 * @param duration how long reports are sent and faults injected
 */
record Settings(
    Path home,
    Path folder,
    long seed,
    List<Backend> backends,
    Set<FaultKind> kinds,
    Duration duration,
    Traffic traffic) {

  Settings {
    backends = List.copyOf(backends);
    kinds = Set.copyOf(kinds);
  }

  /** Whether each engine ends an evaluation at its budget; an OPA takes what memory there is. */
  boolean isPlanAlone() {
    return backends.stream().allMatch(Backend.PLAN::equals);
  }
}
