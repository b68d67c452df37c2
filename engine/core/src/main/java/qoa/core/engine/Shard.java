package qoa.core.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import qoa.core.contracts.Contract;
import qoa.core.evaluate.Evaluation;
import qoa.core.lifecycle.Lifecycle;
import qoa.core.model.Handover;
import qoa.core.model.Partition;
import qoa.core.model.PartitionMark;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.Report;
import qoa.core.model.StateKey;
import qoa.core.windows.Liveness;
import qoa.core.windows.Watermark;

/**
 * Everything that is known of one partition: the routes of its applications, their lifecycles, and
 * how far it was read. All of it can be rebuilt from what was committed. Used by the engine's one
 * thread.
 *
 * <p>Nothing is kept of applications that no contract names. Beyond {@value #MOST_ROUTES} routes,
 * only the state is kept of an application without open windows.
 */
final class Shard {

  /** How many routes are kept even if they have no open windows. */
  static final int MOST_ROUTES = 1_000;

  private final Partition partition;
  private final Role role;
  private final Matching contracts;
  private final long idleTimeout;
  private final Checkpoint left;
  private final ReadPosition committed;
  private final Liveness liveness = new Liveness(Engine.LEASE_MILLIS);
  private final Lifecycle lifecycle;
  private final BiConsumer<Evaluation, Lifecycle> due;
  private final PartitionStates states;
  private final Map<String, Route> routes = new HashMap<>();

  /** Routes with open windows. */
  private final Map<String, Route> open = new HashMap<>();

  /** Routes whose state may have changed since the last commit. */
  private final Map<String, Route> touched = new HashMap<>();

  private final Route unmatched;
  private long next;
  private long clock;
  private boolean caughtUp;

  /**
   * @param start where to continue reading it, as committed
   * @param states the committed states of its applications
   * @param idleTimeout after how many milliseconds a silent partition no longer holds windows open
   * @param due gets the evaluations that become due
   */
  Shard(
      Partition partition,
      Role role,
      ReadPosition start,
      PartitionStates states,
      Matching contracts,
      long idleTimeout,
      BiConsumer<Evaluation, Lifecycle> due) {
    this.partition = partition;
    this.role = role;
    this.states = states;
    this.contracts = contracts;
    this.idleTimeout = idleTimeout;
    this.due = due;
    this.left = Checkpoint.decode(start.metadata());
    this.committed = start;
    this.next = start.offset();
    this.clock = left.clock();
    this.lifecycle = new Lifecycle(partition);
    this.unmatched = route("", List.of(), Map.of(), ApplicationState.NONE, 0);
    if (role != Role.JUDGE_REKEYED) {
      liveness.expect(Set.of(partition));
    }
  }

  Role role() {
    return role;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /** Expects re-keyed reports to come from these partitions. */
  void expect(Set<Partition> sources) {
    if (role == Role.JUDGE_REKEYED) {
      liveness.expect(sources);
    }
  }

  /**
   * Notes that a message is taken in.
   *
   * @return whether it was judged before a restart
   */
  boolean passes(long offset) {
    next = offset + 1;
    return offset < left.judged();
  }

  /** Takes a progress mark of another engine. */
  void take(PartitionMark mark, long now) {
    mark.caughtUp().forEach((source, end) -> liveness.observe(source, end, now));
  }

  /** Takes over an application from another partition, before any of its reports. */
  void adopt(Handover handover) {
    if (!handover.state().isEmpty()) {
      states.adopt(handover.application(), handover.state());
    }
  }

  /** The states of its applications. */
  PartitionStates states() {
    return states;
  }

  /** Notes the timestamp of a message's Kafka record. */
  void take(RawReport raw) {
    if (raw.hasTimestamp()) {
      clock = Math.max(clock, raw.timestamp());
    }
  }

  /** Notes whether the partition was read to its end, and all of that was taken in. */
  void caughtUp(boolean end, long now) {
    caughtUp = end;
    if (role != Role.JUDGE_REKEYED) {
      liveness.observe(partition, end, now);
    }
  }

  /** Whether the partition had been read to its end when that was last checked. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /**
   * The lag was not looked at for a while: it is unknown which partitions are read to their end.
   */
  void loseSight(long now) {
    caughtUp = false;
    Set.copyOf(liveness.partitions()).forEach(source -> liveness.observe(source, false, now));
  }

  /** Whether no contract judges an application. */
  boolean isUnmatched(String application) {
    return contracts.of(application).isEmpty();
  }

  /**
   * The route of a report's application.
   *
   * @param now the clock, in milliseconds
   */
  Route route(Report report, long now) {
    String application = report.application();
    Route route = routes.get(application);
    if (route == null) {
      List<Contract> matching = contracts.of(application);
      if (matching.isEmpty()) {
        return unmatched;
      }
      ApplicationState state = states.of(report, matching);
      route = route(application, matching, state.timetables(), state, now);
      if (route.hasWindows() || routes.size() < MOST_ROUTES) {
        routes.put(application, route);
      }
    }
    if (route.hasWindows()) {
      touched.put(application, route);
    }
    return route;
  }

  private Route route(
      String application,
      List<Contract> matching,
      Map<String, Timetable> timetables,
      ApplicationState state,
      long now) {
    Watermark watermark = new Watermark(idleTimeout, liveness, state.watermark());
    watermark.restore(state.clocks(), now);
    return new Route(
        application,
        matching,
        timetables,
        contracts.promised(),
        watermark,
        state.latest(),
        this::add);
  }

  private void add(Evaluation evaluation) {
    due.accept(evaluation, lifecycle);
  }

  /** Lets the clock close windows of applications that fell silent. */
  void advance(long now) {
    gatherOpen();
    if (!isReplaying()) {
      open.values().forEach(route -> route.advance(now));
    }
  }

  private void gatherOpen() {
    touched.forEach(
        (application, route) -> {
          if (route.hasOpen()) {
            open.put(application, route);
          }
        });
  }

  /** Closes all windows that have reports: there are no more. */
  void finish() {
    routes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> entry.getValue().finish());
  }

  /** Whether messages are still read that were judged before a restart. */
  boolean isReplaying() {
    return next < left.judged() && !caughtUp;
  }

  /**
   * Where a restart has to continue reading. Stays as it was at the start until all that was judged
   * before is read again.
   *
   * @param changedStates gets the states that changed since the last call
   */
  ReadPosition position(Map<StateKey, String> changedStates) {
    if (role == Role.FORWARD) {
      return new ReadPosition(next, new Checkpoint(Math.max(next, left.judged()), clock).encode());
    }
    gatherOpen();
    states.writePartition(changedStates);
    if (isReplaying()) {
      return committed;
    }
    long oldest = next;
    Set<String> changed = new HashSet<>(touched.keySet());
    for (Iterator<Map.Entry<String, Route>> i = open.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Route> entry = i.next();
      oldest = Math.min(oldest, entry.getValue().oldestNeeded());
      changed.add(entry.getKey());
      if (!entry.getValue().hasOpen()) {
        i.remove();
      }
    }
    touched.clear();
    for (String application : changed) {
      states.write(application, routes.get(application).state(), changedStates);
      if (routes.size() > MOST_ROUTES && !open.containsKey(application)) {
        routes.remove(application);
      }
    }
    return new ReadPosition(oldest, new Checkpoint(Math.max(next, left.judged()), clock).encode());
  }
}
