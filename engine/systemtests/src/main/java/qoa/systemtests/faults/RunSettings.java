package qoa.systemtests.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One run of the suite. The same settings give the same faults in the same order, and reports with
 * the same pattern. Their timing relative to each other depends on the machine.
 *
 * @param home the top folder of the repository
 * @param folder the folder of the files of the run
 * @param backends one for each engine
 * @param kinds the faults to inject; faults that do not apply to the engines are left out
 * @param duration how long reports are sent and faults are injected
 */
record RunSettings(
    Path home,
    Path folder,
    long seed,
    List<Backend> backends,
    Set<FaultKind> kinds,
    Duration duration,
    Traffic traffic) {

  RunSettings {
    backends = List.copyOf(backends);
    kinds = Set.copyOf(kinds);
  }

  /** Whether all engines enforce a budget for evaluations; an OPA server does not. */
  boolean isPlanAlone() {
    return backends.stream().allMatch(Backend.PLAN::equals);
  }
}
