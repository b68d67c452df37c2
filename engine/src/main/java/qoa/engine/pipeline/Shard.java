package qoa.engine.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import qoa.engine.contracts.ContractSet;
import qoa.engine.emit.Lifecycle;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.kafka.BrokerException;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;
import qoa.engine.model.SourceMark;
import qoa.engine.window.Liveness;
import qoa.engine.window.Watermark;

/**
 * Everything that is known of one home: the routes of its applications, their lifecycles, and how
 * far it was read. All of it can be had again from what was committed. Used by the pipeline's one
 * thread.
 */
final class Shard {

  /** For how long word of a source holds: some of an engine's commits may be slow. */
  static final long LEASE_MILLIS = 5_000;

  private final Source home;
  private final Duty duty;
  private final ContractSet contracts;
  private final long idleTimeout;
  private final int room;
  private final Checkpoint left;
  private final ReadPosition committed;
  private final Liveness liveness = new Liveness(LEASE_MILLIS);
  private final Lifecycle lifecycle;
  private final Map<String, Route> routes = new HashMap<>();
  private final BiConsumer<Evaluation, Lifecycle> due;
  private long next;
  private boolean caughtUp;

  /**
   * @param start from where it is read, with what was left
   * @param idleTimeout after how many milliseconds a silent source no longer holds windows open
   * @param room for how many applications with open windows a checkpoint has room
   * @param due gets what is to be judged
   */
  Shard(
      Source home,
      Duty duty,
      ReadPosition start,
      ContractSet contracts,
      long idleTimeout,
      int room,
      BiConsumer<Evaluation, Lifecycle> due) {
    this.home = home;
    this.duty = duty;
    this.contracts = contracts;
    this.idleTimeout = idleTimeout;
    this.room = room;
    this.due = due;
    this.left = Checkpoint.decode(start.metadata());
    this.committed = start;
    this.next = start.offset();
    this.lifecycle = new Lifecycle(home);
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
  void expect(Set<Source> sources) {
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
  void take(SourceMark mark, long now) {
    mark.caughtUp().forEach((source, end) -> liveness.observe(source, end, now));
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

  /** The route of an application. */
  Route route(String application) {
    Route route = routes.get(application);
    if (route == null) {
      Watermark watermark = new Watermark(idleTimeout, liveness, left.watermark(application));
      route = new Route(application, contracts.forApplication(application), watermark, this::add);
      routes.put(application, route);
    }
    return route;
  }

  private void add(Evaluation evaluation) {
    due.accept(evaluation, lifecycle);
  }

  /** Lets the clock close windows of applications that fell silent. */
  void advance(long now) {
    if (!isReplaying()) {
      routes.values().forEach(route -> route.advance(now));
    }
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

  /** Where a restart is to read from; the one it began with until what was left is read again. */
  ReadPosition position() {
    if (isReplaying()) {
      return committed;
    }
    long oldest = next;
    Map<Long, Long> open = new HashMap<>();
    Map<Long, Long> closed = new HashMap<>(left.watermarks());
    for (Map.Entry<String, Route> entry : routes.entrySet()) {
      long needed = entry.getValue().oldestNeeded();
      oldest = Math.min(oldest, needed);
      long watermark = entry.getValue().watermark();
      if (watermark != Long.MIN_VALUE) {
        (needed == Long.MAX_VALUE ? closed : open).put(Checkpoint.hash(entry.getKey()), watermark);
      }
    }
    if (open.size() > room) {
      throw BrokerException.lasting(
          ("partition %d of topic %s has %d applications with open windows; there is room for %d in"
                  + " the metadata of a commit: give the topic more partitions, or raise"
                  + " limits.offset-metadata here and offset.metadata.max.bytes at the brokers")
              .formatted(home.partition(), home.topic(), open.size(), room));
    }
    long judged = Math.max(next, left.judged());
    Checkpoint checkpoint = Checkpoint.of(judged, open, closed, left.floor(), room);
    return new ReadPosition(oldest, checkpoint.encode());
  }
}
