package qoa.core.contracts;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;

/**
 * All contracts of a revision, in order of their ids.
 *
 * @param contracts with distinct ids, in any order; the constructor sorts them
 */
public record ContractSet(List<Contract> contracts) {

  public ContractSet {
    contracts = contracts.stream().sorted(comparing(Contract::id)).toList();
  }

  /** The contracts that judge reports of an application, in order of their ids. */
  public List<Contract> forApplication(String application) {
    return contracts.stream().filter(c -> c.matches(application)).toList();
  }

  /** The contract with an id. */
  public Optional<Contract> find(String id) {
    return contracts.stream().filter(c -> c.id().equals(id)).findFirst();
  }
}
