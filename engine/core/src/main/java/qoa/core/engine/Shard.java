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
import qoa.core.sink.Sink;
import qoa.core.windows.Liveness;
import qoa.core.windows.Watermark;

/**
 * Everything that is known of one home: the routes of its applications, their lifecycles, and how
 * far it was read. All of it can be had again from what was committed. Used by the engine's one
 * thread.
 *
 * <p>Of applications that no contract names nothing is kept. Of one without open windows, where
 * there are more than {@value #MOST_ROUTES}, just its state is.
 */
final class Shard {

  /** As many routes are kept whether they have open windows or not. */
  static final int MOST_ROUTES = 1_000;

  private final Partition home;
  private final Duty duty;
  private final Matching contracts;
  private final long idleTimeout;
  private final Checkpoint left;
  private final ReadPosition committed;
  private final Liveness liveness = new Liveness(Engine.LEASE_MILLIS);
  private final Lifecycle lifecycle;
  private final BiConsumer<Evaluation, Lifecycle> due;
  private final PartitionStates states;
  private final Map<String, Route> routes = new HashMap<>();

  /** Those with open windows, and those whose state may be another than was committed. */
  private final Map<String, Route> open = new HashMap<>();

  private final Map<String, Route> touched = new HashMap<>();
  private final Route unmatched;
  private long next;
  private long clock;
  private boolean caughtUp;

  /**
   * @param start from where it is read, with what was left
   * @param states the same, of its applications
   * @param idleTimeout after how many milliseconds a silent source no longer holds windows open
   * @param due gets what is to be judged
   */
  Shard(
      Partition home,
      Duty duty,
      ReadPosition start,
      PartitionStates states,
      Matching contracts,
      long idleTimeout,
      BiConsumer<Evaluation, Lifecycle> due) {
    this.home = home;
    this.duty = duty;
    this.states = states;
    this.contracts = contracts;
    this.idleTimeout = idleTimeout;
    this.due = due;
    this.left = Checkpoint.decode(start.metadata());
    this.committed = start;
    this.next = start.offset();
    this.clock = left.clock();
    this.lifecycle = new Lifecycle(home);
    this.unmatched = route("", List.of(), Map.of(), ApplicationState.NONE, 0);
    if (duty != Duty.JUDGE_REKEYED) {
      liveness.expect(Set.of(home));
    }
  }

  Duty duty() {
    return duty;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /** Expects re-keyed reports to come from these sources. */
  void expect(Set<Partition> sources) {
    if (duty == Duty.JUDGE_REKEYED) {
      liveness.expect(sources);
    }
  }

  /**
   * Takes note that a message is taken in.
   *
   * @return whether it was judged before a restart
   */
  boolean passes(long offset) {
    next = offset + 1;
    return offset < left.judged();
  }

  /** Takes word of sources from whoever reads them. */
  void take(PartitionMark mark, long now) {
    mark.caughtUp().forEach((source, end) -> liveness.observe(source, end, now));
  }

  /** Takes over an application from another home; nothing of it was taken in here yet. */
  void adopt(Handover handover) {
    if (!handover.state().isEmpty()) {
      states.adopt(handover.application(), handover.state());
    }
  }

  /** What was left in a home whose reports are not judged there any more. */
  PartitionStates states() {
    return states;
  }

  /** Takes note of the time of a message's Kafka record. */
  void take(RawReport raw) {
    if (raw.hasTimestamp()) {
      clock = Math.max(clock, raw.timestamp());
    }
  }

  /** Takes note of whether all there is of the home was taken in. */
  void caughtUp(boolean end, long now) {
    caughtUp = end;
    if (duty != Duty.JUDGE_REKEYED) {
      liveness.observe(home, end, now);
    }
  }

  /** Whether all there was of the home had been taken in when somebody looked. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** Nobody looked for a while: how the sources are is not known any more. */
  void loseSight(long now) {
    caughtUp = false;
    Set.copyOf(liveness.sources()).forEach(source -> liveness.observe(source, false, now));
  }

  /** Whether no contract asks for an application. */
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

  /** Closes all windows that have reports: no more will come. */
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
   * Where a restart is to read from; the one it began with until what was left is read again.
   *
   * @param sink gets the states that changed since it was asked last
   */
  ReadPosition position(Sink sink) {
    if (duty == Duty.FORWARD) {
      return new ReadPosition(next, new Checkpoint(Math.max(next, left.judged()), clock).encode());
    }
    gatherOpen();
    states.writeHome(sink);
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
      states.write(application, routes.get(application).state(), sink);
      if (routes.size() > MOST_ROUTES && !open.containsKey(application)) {
        routes.remove(application);
      }
    }
    return new ReadPosition(oldest, new Checkpoint(Math.max(next, left.judged()), clock).encode());
  }
}
