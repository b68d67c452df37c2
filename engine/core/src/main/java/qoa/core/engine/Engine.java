package qoa.core.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import qoa.core.decode.Decoder;
import qoa.core.decode.UndecodableException;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.lifecycle.Lifecycle.Labels;
import qoa.core.lifecycle.Status;
import qoa.core.model.DeadLetter;
import qoa.core.model.Handover;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.PartitionMark;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.Report;
import qoa.core.model.StateKey;
import qoa.core.sink.Sink;
import qoa.core.sink.Summary;

/**
 * The way of a report, from bytes to events, without Kafka: decode, match to contracts, window,
 * evaluate, emit. The clock is an argument everywhere.
 *
 * <p>It serves the homes that are {@link #assign}ed to it, for one revision. Whatever it knows can
 * be had again from what it has committed: an engine that is given up, killed or not, is followed
 * by another one that is assigned what was committed, and comes to the same events.
 *
 * <p>Every message given to {@link #take} ends in exactly one outcome: evaluated + unmatched + late
 * + dead-lettered = taken, where one that is re-keyed is taken at its new home. Used by one thread.
 */
public final class Engine {

  /**
   * How an engine works.
   *
   * @param idleTimeout after how many milliseconds a silent source no longer holds windows open
   * @param rekeyedTopic where re-keyed reports are; null where none are re-keyed
   */
  public record Settings(long idleTimeout, String rekeyedTopic) {}

  /** For how long word of a partition holds, in milliseconds: some commits may be slow. */
  public static final long LEASE_MILLIS = 5_000;

  /** How often those who judge windows hear of sources that bring nothing. */
  private static final long MARK_MILLIS = 1_000;

  private final Revision revision;
  private final Matching matching;
  private final Settings settings;
  private final Decoder decoder;
  private final Sink sink;
  private final EngineMetrics metrics;
  private final Tally tally = new Tally();
  private final Judge judge;
  private final Map<Partition, Shard> shards = new HashMap<>();
  private final Map<Partition, ReadPosition> committed = new HashMap<>();
  private Handovers handovers;
  private Shard latest;
  private Partition latestHome;
  private boolean forwardedAny;
  private long nextMark;

  /**
   * @param decoder used by this engine alone
   * @param evaluator prepared with the revision
   */
  public Engine(
      Revision revision,
      Settings settings,
      Decoder decoder,
      PolicyEvaluator evaluator,
      Sink sink,
      EngineMetrics metrics) {
    this.revision = revision;
    this.matching = new Matching(revision.contracts());
    this.settings = settings;
    this.decoder = decoder;
    this.sink = sink;
    this.metrics = metrics;
    this.judge = new Judge(evaluator, revision.id(), sink, tally);
  }

  /** The policies and contracts that it judges by. */
  public Revision revision() {
    return revision;
  }

  /**
   * Takes over homes.
   *
   * @param positions from where they are read, with what was left
   * @param stores where the open violations and the states are
   * @param sources where re-keyed reports may come from
   * @return whether applications were handed over, which is to be committed at once: others may
   *     wait
   */
  public boolean assign(
      Map<Partition, ReadPosition> positions, Stores stores, Set<Partition> sources) {
    handovers = new Handovers(sink, stores, elsewhere(positions.keySet(), sources));
    Map<Partition, List<Status>> left =
        stores.statuses().of(positions.keySet()).stream()
            .collect(Collectors.groupingBy(Status::partition));
    Map<StateKey, String> states = stores.states().of(positions.keySet());
    positions.forEach(
        (home, start) -> {
          Shard shard = shard(home, start, states);
          shard.expect(sources);
          List<Status> statuses = left.getOrDefault(home, List.of());
          if (shard.duty() == Duty.FORWARD) {
            forwardedAny |= handovers.handOver(home, shard.states(), statuses);
          } else {
            judge.emit(shard.lifecycle().restore(statuses, revision.contracts(), revision.id()));
          }
          committed.put(home, start);
        });
    return forwardedAny;
  }

  private Set<Partition> elsewhere(Set<Partition> homes, Set<Partition> sources) {
    Set<Partition> others = new HashSet<>(settings.rekeyedTopic() == null ? Set.of() : sources);
    others.removeAll(homes);
    return others;
  }

  /** Whether applications may still be handed over by other engines. */
  public boolean awaitsHandover() {
    return handovers.areAwaited();
  }

  /** Looks again whether others have handed over. */
  public void lookForHandovers() {
    handovers.look();
  }

  /** Gives up homes: what was not committed of them is forgotten. */
  public void leave(Set<Partition> homes) {
    shards.keySet().removeAll(homes);
    committed.keySet().removeAll(homes);
    latestHome = null;
  }

  /** Gives up everything. */
  public void leave() {
    leave(new HashSet<>(shards.keySet()));
    tally.leave(metrics);
  }

  private Shard shard(Partition home, ReadPosition start, Map<StateKey, String> states) {
    Shard shard =
        new Shard(
            home,
            Duty.of(home, settings.rekeyedTopic()),
            start,
            new PartitionStates(home, start, states, revision.contracts(), matching),
            matching,
            settings.idleTimeout(),
            judge::add);
    shards.put(home, shard);
    latestHome = null;
    return shard;
  }

  /**
   * Takes a message in. What it makes due is judged with the next {@link #judge}.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public void take(Incoming message, long now) {
    Shard shard = shardOf(message.home());
    boolean again = shard.passes(message.homeOffset());
    if (message instanceof RawReport raw) {
      take(shard, raw, again || raw.isJudged(), now);
    } else if (message instanceof PartitionMark mark) {
      shard.take(mark, now);
    } else if (message instanceof DeadLetter letter && !again) {
      take(letter);
    } else if (message instanceof Handover handover && !again) {
      take(shard, handover);
    }
  }

  private void take(Shard shard, Handover handover) {
    try {
      shard.adopt(handover);
    } catch (IllegalArgumentException e) {
      take(new DeadLetter(Handovers.raw(handover), DeadLetter.Reason.NOT_REKEYED, e.getMessage()));
      return;
    }
    List<Status> statuses = handovers.statuses(handover);
    judge.emit(shard.lifecycle().adopt(statuses, revision.contracts(), revision.id()));
  }

  @SuppressWarnings("ReferenceEquality") // messages of a home share it
  private Shard shardOf(Partition home) {
    if (home != latestHome) {
      latest = shards.get(home);
      if (latest == null) {
        latest = shard(home, new ReadPosition(0, ""), Map.of());
      }
      latestHome = home;
    }
    return latest;
  }

  private void take(DeadLetter letter) {
    sink.deadLetter(letter);
    tally.deadLetter(letter.reason());
  }

  private void take(Shard shard, RawReport raw, boolean again, long now) {
    shard.take(raw);
    Report report;
    try {
      report = decoder.decode(raw);
    } catch (UndecodableException e) {
      if (!again) {
        take(new DeadLetter(raw, e.reason(), e.getMessage()));
      }
      return;
    }
    if (shard.duty() == Duty.FORWARD && !shard.isUnmatched(report.application())) {
      forward(raw, report.application(), again);
      return;
    }
    Route route = shard.route(report, now);
    if (again) {
      route.recall(report, now);
    } else {
      tally.report(report.kind(), route.take(report, now));
    }
  }

  /** One that was judged before goes along for the windows that are open, and counts no more. */
  private void forward(RawReport raw, String application, boolean again) {
    Optional<String> refusal = sink.forward(again ? raw.judged() : raw, application);
    forwardedAny = true;
    if (!again) {
      refusal.ifPresentOrElse(
          why -> take(new DeadLetter(raw, DeadLetter.Reason.RECORD_TOO_LARGE, why)),
          tally::forwarded);
    }
  }

  /**
   * Takes note of which homes were read to their end.
   *
   * @param lag messages of each home not delivered yet; a home that is missing may have any
   */
  public void look(Map<Partition, Long> lag, long now) {
    shards.forEach(
        (home, shard) -> shard.caughtUp(lag.getOrDefault(home, Long.MAX_VALUE) == 0, now));
  }

  /** Nobody looked for a while: silence since then means nothing. */
  public void loseSight(long now) {
    shards.values().forEach(shard -> shard.loseSight(now));
  }

  /** Lets the clock close windows of applications that fell silent. */
  public void advance(long now) {
    shards.values().forEach(shard -> shard.advance(now));
  }

  /** Closes all windows that have reports: no more will come. */
  public void finish() {
    shards.values().forEach(Shard::finish);
  }

  /**
   * Judges what is due and hands the events to the sink.
   *
   * @throws EvaluatorUnavailableException where nothing was judged; it stays due, call again later
   */
  public void judge() throws EvaluatorUnavailableException, InterruptedException {
    while (hasDue()) {
      judge(Long.MAX_VALUE);
    }
  }

  /**
   * Judges what is due, or some of it, and hands the events to the sink.
   *
   * @param nanos for how long evaluations may be begun; at least one is done
   * @return how many were done; the others stay due
   * @throws EvaluatorUnavailableException where nothing was judged; it stays due, call again later
   */
  public int judge(long nanos) throws EvaluatorUnavailableException, InterruptedException {
    return judge.judge(nanos);
  }

  /**
   * Commits what the sink was given, with the positions of the oldest reports still needed. To be
   * called when nothing is due; of what was polled, only what was taken in counts.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public void commit(long now) {
    mark(now);
    Map<Partition, ReadPosition> positions = new HashMap<>();
    shards.forEach((home, shard) -> positions.put(home, shard.position(sink)));
    if (!sink.isEmpty() || !positions.equals(committed)) {
      // All of them, moved or not: by them the broker tells whether we still have these homes.
      sink.commit(positions);
      committed.putAll(positions);
    }
    tally.tell(metrics, openCounts(), now);
  }

  /** Whether the next {@link #commit} tells how far sources were read: look at them just before. */
  public boolean isToMark(long now) {
    return (forwardedAny || now >= nextMark)
        && shards.values().stream().anyMatch(shard -> shard.duty() == Duty.FORWARD);
  }

  private void mark(long now) {
    if (!isToMark(now)) {
      return;
    }
    Map<Partition, Boolean> caughtUp = new HashMap<>();
    shards.forEach(
        (home, shard) -> {
          if (shard.duty() == Duty.FORWARD) {
            caughtUp.put(home, shard.isCaughtUp());
          }
        });
    sink.mark(caughtUp);
    forwardedAny = false;
    nextMark = now + MARK_MILLIS;
  }

  private Map<Labels, Integer> openCounts() {
    Map<Labels, Integer> open = new HashMap<>();
    shards
        .values()
        .forEach(
            shard ->
                shard
                    .lifecycle()
                    .openCounts()
                    .forEach((labels, count) -> open.merge(labels, count, Integer::sum)));
    return open;
  }

  /** Whether something is due that was not judged yet. */
  public boolean hasDue() {
    return judge.due() > 0;
  }

  /** How many evaluations are due. */
  public int due() {
    return judge.due();
  }

  /** What the run has come to, as far as it was committed. */
  public Summary summary() {
    return tally.summary(revision.contracts());
  }
}
