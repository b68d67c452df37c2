package qoa.core.engine;

import java.util.HashMap;
import java.util.Map;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;

/**
 * What a restart must know of a partition itself.
 *
 * @param contracts by id, as they were when reports of the partition were judged last
 * @param earlier the checkpoint that an earlier version left in the commit's metadata, as it
 *     encoded it; empty where there is none. It knows applications by a hash, so it is kept until
 *     they report again
 */
record PartitionState(Map<String, Adopted> contracts, String earlier) {

  /**
   * A contract as the partition knows it.
   *
   * @param application what it judges
   * @param schedule when it judges, without damping
   * @param before its schedule before that; null where it is new
   * @param since when that took effect: the records' time then, in milliseconds since the epoch;
   *     {@link Long#MIN_VALUE} where it was there from the beginning
   */
  record Adopted(String application, Schedule schedule, Schedule before, long since) {

    boolean judges(Contract contract) {
      return application.equals(contract.application())
          && schedule.equals(Timetable.plain(contract.schedule()));
    }
  }

  PartitionState {
    contracts = Map.copyOf(contracts);
  }

  /** The contracts that a partition begins with were there from the beginning. */
  static PartitionState first(ContractSet contracts, String earlier) {
    return new PartitionState(Map.of(), earlier).with(contracts, Long.MIN_VALUE);
  }

  /**
   * The contracts in force.
   *
   * @param now the records' time, in milliseconds since the epoch
   */
  PartitionState with(ContractSet inForce, long now) {
    Map<String, Adopted> adopted = new HashMap<>();
    for (Contract contract : inForce.contracts()) {
      Adopted known = contracts.get(contract.id());
      boolean isSame = known != null && known.application().equals(contract.application());
      adopted.put(
          contract.id(),
          isSame && known.judges(contract)
              ? known
              : new Adopted(
                  contract.application(),
                  Timetable.plain(contract.schedule()),
                  isSame ? known.schedule() : null,
                  now));
    }
    return new PartitionState(adopted, earlier);
  }
}
