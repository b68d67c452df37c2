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
import qoa.core.sink.Sink;
import qoa.core.windows.Watermark;

/**
 * The states of a home and of its applications: what was left, adapted to the contracts in force,
 * and what has changed since. Used by the engine's one thread.
 */
final class PartitionStates {

  private final Partition home;
  private final Map<String, ApplicationState> applications = new HashMap<>();
  private final Map<String, ApplicationState> edited = new HashMap<>();
  private final PartitionState state;
  private final EarlierCheckpoint earlier;
  private boolean isWritten;

  /**
   * @param start what was committed of the home
   * @param stored the states of the home and of its applications
   * @param inForce the contracts
   * @param matching the same, by application
   */
  PartitionStates(
      Partition home,
      ReadPosition start,
      Map<StateKey, String> stored,
      ContractSet inForce,
      Matching matching) {
    this.home = home;
    String own = stored.get(StateKey.of(home));
    boolean isEarlier = EarlierCheckpoint.isOne(start.metadata());
    PartitionState before =
        own != null
            ? StateJson.home(own)
            : PartitionState.first(inForce, isEarlier ? start.metadata() : "");
    this.state = before.with(inForce, Checkpoint.decode(start.metadata()).clock());
    this.isWritten = own != null && state.equals(before);
    this.earlier = state.earlier().isEmpty() ? null : EarlierCheckpoint.decode(state.earlier());
    stored.forEach(
        (key, text) -> {
          if (key.home().equals(home) && key.application() != null) {
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

  /** What is known of the application of a report, the first of it that is read here. */
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

  /** The applications that are known, with their states in the words of the topic. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    applications.forEach((application, known) -> all.put(application, StateJson.write(known)));
    return all;
  }

  /** Deletes what was left: the applications move to other homes. */
  void clear(Sink sink) {
    applications.keySet().forEach(name -> sink.state(new StateKey(home, name), null));
    sink.state(StateKey.of(home), null);
    applications.clear();
    edited.clear();
    isWritten = true;
  }

  /** Takes over what another home knew of an application. */
  void adopt(String application, String text) {
    ApplicationState adopted = StateJson.application(text);
    applications.put(application, adopted);
    edited.put(application, adopted);
  }

  /** Writes the home's own state, and those of applications that an edit changed, once. */
  void writeHome(Sink sink) {
    if (!isWritten) {
      sink.state(StateKey.of(home), StateJson.write(state));
      isWritten = true;
    }
    edited.forEach((application, edit) -> put(application, edit, sink));
    edited.clear();
  }

  /** Writes an application's state where it has changed. */
  void write(String application, ApplicationState now, Sink sink) {
    if (!now.equals(applications.get(application))) {
      applications.put(application, now);
      put(application, now, sink);
    }
  }

  private void put(String application, ApplicationState now, Sink sink) {
    sink.state(new StateKey(home, application), StateJson.write(now));
  }
}
