package qoa.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.Report;
import qoa.core.model.StateKey;
import qoa.core.windows.Watermark;

/**
 * The states of a partition and of its applications: as committed, adapted to the contracts in
 * force, with what has changed since. Used by the engine's one thread.
 */
final class PartitionStates {

  private final Partition partition;
  private final Map<String, ApplicationState> applications = new HashMap<>();
  private final Map<String, ApplicationState> edited = new HashMap<>();
  private final PartitionState state;
  private final EarlierCheckpoint earlier;
  private boolean isWritten;

  /**
   * @param start the committed position of the partition
   * @param stored the committed states of the partition and of its applications
   * @param inForce the contracts
   * @param matching the same, by application
   */
  PartitionStates(
      Partition partition,
      ReadPosition start,
      Map<StateKey, String> stored,
      ContractSet inForce,
      Matching matching) {
    this.partition = partition;
    String own = stored.get(StateKey.of(partition));
    boolean isEarlier = EarlierCheckpoint.isOne(start.metadata());
    PartitionState before =
        own != null
            ? StateJson.partition(own)
            : PartitionState.first(inForce, isEarlier ? start.metadata() : "");
    this.state = before.with(inForce, Checkpoint.decode(start.metadata()).clock());
    this.isWritten = own != null && state.equals(before);
    this.earlier = state.earlier().isEmpty() ? null : EarlierCheckpoint.decode(state.earlier());
    stored.forEach(
        (key, text) -> {
          if (key.partition().equals(partition) && key.application() != null) {
            take(key.application(), StateJson.application(text), before, matching);
          }
        });
  }

  private void take(
      String application, ApplicationState left, PartitionState before, Matching matching) {
    Map<String, Timetable> timetables = new HashMap<>();
    long reached = Math.max(left.watermark(), Watermark.reached(left.clocks()));
    for (Contract contract : matching.of(application)) {
      Timetable known = left.timetables().get(contract.id());
      PartitionState.Adopted adopted = before.contracts().get(contract.id());
      if (known == null) {
        boolean isKnown = adopted != null && adopted.application().equals(contract.application());
        known = isKnown ? Timetable.of(adopted.schedule()) : Timetable.none();
      }
      Timetable now =
          adopted != null && adopted.judges(contract)
              ? known
              : known.change(contract.schedule(), reached, left.latest());
      if (!now.isPlain()) {
        timetables.put(contract.id(), now);
      }
    }
    ApplicationState state =
        new ApplicationState(left.watermark(), left.latest(), left.clocks(), timetables);
    applications.put(application, state);
    if (!state.equals(left)) {
      edited.put(application, state);
    }
  }

  /** The state of the application of a report, the first one that is read here. */
  ApplicationState of(Report report, List<Contract> matching) {
    ApplicationState known = applications.get(report.application());
    return known != null ? known : ofNew(report, matching);
  }

  private ApplicationState ofNew(Report report, List<Contract> matching) {
    RawReport raw = report.raw();
    Map<String, Timetable> timetables = new HashMap<>();
    for (Contract contract : matching) {
      PartitionState.Adopted adopted = state.contracts().get(contract.id());
      if (adopted == null || adopted.since() == Long.MIN_VALUE) {
        continue;
      }
      Timetable joined =
          Timetable.join(
              adopted.before(),
              contract.schedule(),
              adopted.since(),
              report.eventTime(),
              raw.timestamp());
      if (!joined.isPlain()) {
        timetables.put(contract.id(), joined);
      }
    }
    long watermark = earlier == null ? Long.MIN_VALUE : earlier.watermark(report.application());
    return new ApplicationState(watermark, watermark, List.of(), timetables);
  }

  /** The states of all applications, as JSON. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    applications.forEach((application, known) -> all.put(application, StateJson.write(known)));
    return all;
  }

  /** Deletes all states: the applications move to other partitions. */
  void clear(Map<StateKey, String> changed) {
    applications.keySet().forEach(name -> changed.put(new StateKey(partition, name), null));
    changed.put(StateKey.of(partition), null);
    applications.clear();
    edited.clear();
    isWritten = true;
  }

  /** Takes over an application with its state from another partition. */
  void adopt(String application, String text) {
    ApplicationState adopted = StateJson.application(text);
    applications.put(application, adopted);
    edited.put(application, adopted);
  }

  /** Writes the partition's own state, and those of applications that an edit changed, once. */
  void writePartition(Map<StateKey, String> changed) {
    if (!isWritten) {
      changed.put(StateKey.of(partition), StateJson.write(state));
      isWritten = true;
    }
    edited.forEach((application, edit) -> put(application, edit, changed));
    edited.clear();
  }

  /** Writes an application's state where it has changed. */
  void write(String application, ApplicationState now, Map<StateKey, String> changed) {
    if (!now.equals(applications.get(application))) {
      applications.put(application, now);
      put(application, now, changed);
    }
  }

  private void put(String application, ApplicationState now, Map<StateKey, String> changed) {
    changed.put(new StateKey(partition, application), StateJson.write(now));
  }
}
