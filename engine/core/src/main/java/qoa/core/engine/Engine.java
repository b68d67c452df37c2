package qoa.core.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import qoa.core.sink.FanOut;
import qoa.core.sink.Progress;
import qoa.core.sink.RekeyedTopic;
import qoa.core.sink.Sink;
import qoa.core.sink.Summary;

/**
 * Turns reports into decisions, without Kafka: decode, match to contracts, window, evaluate,
 * decide. The clock is an argument everywhere.
 *
 * <p>It serves the partitions that are {@link #assign}ed to it, for one revision. Everything that
 * it knows can be rebuilt from what was committed. If an engine is dropped or killed, another one
 * that is assigned the committed positions makes the same decisions.
 *
 * <p>Every message given to {@link #take} ends in exactly one outcome: evaluated + unmatched + late
 * + dead-lettered = taken, where a re-keyed report is taken in the partition that it is re-keyed
 * to. Used by one thread.
 */
public final class Engine {

  /**
   * How an engine works.
   *
   * @param idleTimeout after how many milliseconds a silent partition no longer holds windows open
   * @param rekeyed the topic of re-keyed reports; null where reports are not re-keyed
   */
  public record Settings(long idleTimeout, RekeyedTopic rekeyed) {

    String rekeyedTopic() {
      return rekeyed == null ? null : rekeyed.name();
    }
  }

  /** How long a progress mark of a partition counts, in milliseconds: some commits may be slow. */
  public static final long LEASE_MILLIS = 5_000;

  private final Revision revision;
  private final Matching matching;
  private final Settings settings;
  private final Decoder decoder;
  private final Sink results;
  private final Tally tally = new Tally();
  private final Totals totals = new Totals();
  private final Judge judge;
  private final Forwarder forwarder;
  private final Map<Partition, Shard> shards = new HashMap<>();
  private final Map<Partition, ReadPosition> committed = new HashMap<>();

  /** States that changed since the last {@link #progress}. */
  private Map<StateKey, String> changedStates = new LinkedHashMap<>();

  private Handovers handovers;
  private Shard latest;
  private Partition latestPartition;

  /**
   * @param decoder used by this engine alone
   * @param evaluator prepared with the revision
   * @param sink takes the results
   */
  public Engine(
      Revision revision, Settings settings, Decoder decoder, PolicyEvaluator evaluator, Sink sink) {
    this.revision = revision;
    this.matching = new Matching(revision.contracts());
    this.settings = settings;
    this.decoder = decoder;
    this.results = new FanOut(List.of(sink, tally));
    this.forwarder = new Forwarder(settings.rekeyed());
    this.judge = new Judge(evaluator, revision.id(), tally::batch, results::decision);
  }

  /** The policies and contracts that it judges by. */
  public Revision revision() {
    return revision;
  }

  /**
   * Takes over partitions.
   *
   * @param positions where to continue reading them, as committed
   * @param stores where open violations and states are stored
   * @param sources the partitions that re-keyed reports may come from
   * @return whether applications were handed over; commit that at once, because other engines may
   *     wait for it
   */
  public boolean assign(
      Map<Partition, ReadPosition> positions, Stores stores, Set<Partition> sources) {
    handovers = new Handovers(stores, elsewhere(positions.keySet(), sources));
    Map<Partition, List<Status>> statuses =
        stores.statuses().of(positions.keySet()).stream()
            .collect(Collectors.groupingBy(Status::partition));
    Map<StateKey, String> states = stores.states().of(positions.keySet());
    positions.forEach(
        (partition, start) -> {
          Shard shard = shard(partition, start, states);
          shard.expect(sources);
          assign(shard, partition, statuses.getOrDefault(partition, List.of()));
          committed.put(partition, start);
        });
    return forwarder.hasForwarded();
  }

  private void assign(Shard shard, Partition partition, List<Status> statuses) {
    if (shard.role() == Role.FORWARD) {
      if (forwarder.handOver(partition, shard.states(), statuses)) {
        shard.states().clear(changedStates);
      }
    } else {
      results.changes(shard.lifecycle().restore(statuses, revision.contracts(), revision.id()));
    }
  }

  private Set<Partition> elsewhere(Set<Partition> partitions, Set<Partition> sources) {
    Set<Partition> others = new HashSet<>(settings.rekeyed() == null ? Set.of() : sources);
    others.removeAll(partitions);
    return others;
  }

  /** Whether applications may still be handed over by other engines. */
  public boolean awaitsHandover() {
    return handovers.areAwaited();
  }

  /** Checks again whether other engines have handed over. */
  public void lookForHandovers() {
    handovers.look();
  }

  /** Gives up partitions; what was not committed of them is dropped. */
  public void leave(Set<Partition> partitions) {
    shards.keySet().removeAll(partitions);
    committed.keySet().removeAll(partitions);
    latestPartition = null;
  }

  private Shard shard(Partition partition, ReadPosition start, Map<StateKey, String> states) {
    Shard shard =
        new Shard(
            partition,
            Role.of(partition, settings.rekeyedTopic()),
            start,
            new PartitionStates(partition, start, states, revision.contracts(), matching),
            matching,
            settings.idleTimeout(),
            judge::add);
    shards.put(partition, shard);
    latestPartition = null;
    return shard;
  }

  /**
   * Takes a message in. Evaluations that become due are run with the next {@link #judge}.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public void take(Incoming message, long now) {
    Shard shard = shardOf(message.partition());
    boolean again = shard.passes(message.offset());
    if (message instanceof RawReport raw) {
      take(shard, raw, again || raw.isJudged(), now);
    } else if (message instanceof PartitionMark mark) {
      shard.take(mark, now);
    } else if (message instanceof DeadLetter deadLetter && !again) {
      take(deadLetter);
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
    results.changes(shard.lifecycle().adopt(statuses, revision.contracts(), revision.id()));
  }

  @SuppressWarnings("ReferenceEquality") // messages of a partition share it
  private Shard shardOf(Partition partition) {
    if (partition != latestPartition) {
      latest = shards.get(partition);
      if (latest == null) {
        latest = shard(partition, new ReadPosition(0, ""), Map.of());
      }
      latestPartition = partition;
    }
    return latest;
  }

  private void take(DeadLetter deadLetter) {
    results.deadLetter(deadLetter);
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
    if (shard.role() == Role.FORWARD && !shard.isUnmatched(report.application())) {
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

  /**
   * A report that was judged before is forwarded for the open windows, and is not counted again.
   */
  private void forward(RawReport raw, String application, boolean again) {
    Optional<String> refusal = forwarder.forward(again ? raw.judged() : raw, application);
    if (!again) {
      refusal.ifPresentOrElse(
          why -> take(new DeadLetter(raw, DeadLetter.Reason.RECORD_TOO_LARGE, why)),
          tally::forwarded);
    }
  }

  /**
   * Notes which partitions were read to their end.
   *
   * @param lag messages of each partition that were not delivered yet; of a missing one it is
   *     unknown
   */
  public void look(Map<Partition, Long> lag, long now) {
    shards.forEach(
        (partition, shard) ->
            shard.caughtUp(lag.getOrDefault(partition, Long.MAX_VALUE) == 0, now));
  }

  /** The lag was not looked at for a while: silence since then proves nothing. */
  public void loseSight(long now) {
    shards.values().forEach(shard -> shard.loseSight(now));
  }

  /** Lets the clock close windows of applications that fell silent. */
  public void advance(long now) {
    shards.values().forEach(shard -> shard.advance(now));
  }

  /** Closes all windows that have reports: there are no more. */
  public void finish() {
    shards.values().forEach(Shard::finish);
  }

  /**
   * Runs all evaluations that are due, and gives the decisions to the sink.
   *
   * @throws EvaluatorUnavailableException where nothing was judged; all stays due, call again later
   */
  public void judge() throws EvaluatorUnavailableException, InterruptedException {
    while (hasDue()) {
      judge(Long.MAX_VALUE);
    }
  }

  /**
   * Runs evaluations that are due, all or some, and gives the decisions to the sink.
   *
   * @param nanos for how long evaluations may be begun; at least one is done
   * @return how many were done; the others stay due
   * @throws EvaluatorUnavailableException where nothing was judged; all stays due, call again later
   */
  public int judge(long nanos) throws EvaluatorUnavailableException, InterruptedException {
    return judge.judge(nanos);
  }

  /**
   * How far it has come: what is committed together with its results. To be called when nothing is
   * due. Lets go of applications without open windows.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public Progress progress(long now) {
    mark(now);
    Map<Partition, ReadPosition> positions = new HashMap<>();
    shards.forEach((partition, shard) -> positions.put(partition, shard.position(changedStates)));
    Map<StateKey, String> states = changedStates;
    changedStates = new LinkedHashMap<>();
    return new Progress(positions, states);
  }

  /** Whether a progress differs from what was committed last. */
  public boolean hasMoved(Progress progress) {
    return !progress.states().isEmpty() || !progress.positions().equals(committed);
  }

  /** Notes that a progress was committed. */
  public void committed(Progress progress) {
    committed.putAll(progress.positions());
  }

  /**
   * Whether the next {@link #progress} marks how far partitions were read: {@link #look} at them
   * just before.
   */
  public boolean isToMark(long now) {
    return forwarder.isToMark(now)
        && shards.values().stream().anyMatch(shard -> shard.role() == Role.FORWARD);
  }

  private void mark(long now) {
    if (!isToMark(now)) {
      return;
    }
    Map<Partition, Boolean> caughtUp = new HashMap<>();
    shards.forEach(
        (partition, shard) -> {
          if (shard.role() == Role.FORWARD) {
            caughtUp.put(partition, shard.isCaughtUp());
          }
        });
    forwarder.mark(caughtUp, now);
  }

  /**
   * Adds to metrics what was counted since the last {@link #settle}.
   *
   * @param now the clock, in milliseconds since the epoch
   */
  public void addTo(EngineMetrics metrics, long now) {
    tally.addTo(metrics, openCounts(), now);
  }

  /** Takes the open violations of this engine out of metrics: it is dropped. */
  public void removeFrom(EngineMetrics metrics) {
    tally.setOpen(metrics, Map.of());
  }

  /** Adds what was counted to the summary. To be called once it is final. */
  public void settle() {
    tally.addTo(totals);
    tally.clear();
  }

  private Map<Labels, Integer> openCounts() {
    Map<Labels, Integer> open = new HashMap<>();
    for (Shard shard : shards.values()) {
      shard
          .lifecycle()
          .openCounts()
          .forEach((labels, count) -> open.merge(labels, count, Integer::sum));
    }
    return open;
  }

  /** Whether something is due that was not judged yet. */
  public boolean hasDue() {
    return judge.due() > 0;
  }

  /** The number of evaluations that are due. */
  public int due() {
    return judge.due();
  }

  /** The counts so far, as far as they are settled. */
  public Summary summary() {
    return totals.summary(revision.contracts());
  }
}
