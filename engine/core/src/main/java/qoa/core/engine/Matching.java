package qoa.core.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.windows.NamedMetrics;

/**
 * The contracts that judge an application, found at once. It keeps nothing of applications that no
 * contract names, however many report. Immutable.
 */
final class Matching {

  private final Map<String, List<Contract>> named = new HashMap<>();
  private final List<Contract> others;
  private final NamedMetrics promised;

  Matching(ContractSet contracts) {
    promised = NamedMetrics.of(contracts.contracts());
    Set<String> names = new HashSet<>();
    contracts.contracts().forEach(contract -> names.add(contract.application()));
    names.forEach(name -> named.put(name, contracts.forApplication(name)));
    others =
        contracts.contracts().stream()
            .filter(contract -> contract.application().equals(Contract.ANY_APPLICATION))
            .toList();
  }

  /** The stages and metrics that the contracts name, all of them together. */
  NamedMetrics promised() {
    return promised;
  }

  /** In order of their ids. */
  List<Contract> of(String application) {
    return named.getOrDefault(application, others);
  }
}
