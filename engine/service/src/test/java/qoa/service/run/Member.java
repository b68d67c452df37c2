package qoa.service.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.core.decode.ReportDecoder;
import qoa.core.engine.Engine;
import qoa.core.engine.LiveOutlet;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Revision;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.settings.LimitsConfig;
import qoa.core.sink.Summary;
import qoa.service.metrics.PrometheusMetrics;

/** A member of a group that drives an engine by hand: it can be cut off at any time. */
final class Member {

  static final long IDLE = 30_000;

  final ByMean evaluator = new ByMean();
  private final KafkaInMemory kafka;
  private final Set<Partition> partitions;
  private final Set<Partition> sourcePartitions;
  private final Map<Partition, Long> next = new HashMap<>();
  private final List<Summary> summaries = new ArrayList<>();
  private Revision revision;
  private Engine engine;
  private LiveOutlet outlet;

  /**
   * @param partitions what it reads
   * @param sourcePartitions of reports; empty where they are not re-keyed
   */
  Member(
      KafkaInMemory kafka,
      Set<Partition> partitions,
      Set<Partition> sourcePartitions,
      Revision revision) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.sourcePartitions = sourcePartitions;
    this.revision = revision;
    start();
  }

  private void start() {
    KafkaInMemory.Producer producer = kafka.producer();
    outlet = new LiveOutlet(producer, new PrometheusMetrics(1_000));
    engine =
        new Engine(
            revision,
            new Engine.Settings(IDLE, sourcePartitions.isEmpty() ? null : producer),
            new ReportDecoder(LimitsConfig.defaults()),
            evaluator,
            producer);
    Map<Partition, ReadPosition> positions = kafka.positions(partitions);
    positions.forEach((partition, position) -> next.put(partition, position.offset()));
    engine.assign(positions, kafka.stores(), sourcePartitions);
  }

  /** What was not committed is lost; another one goes on from what was. */
  void crash() {
    summaries.add(engine.summary());
    start();
  }

  /** Other policies and contracts come into force, as {@link EngineLoop} has it. */
  void renew(Revision other, long now) throws InterruptedException {
    commit(now);
    revision = other;
    crash();
  }

  /** Reads what there is, unless another one has to hand over first. */
  void poll(long now) {
    engine.lookForHandovers();
    if (engine.awaitsHandover()) {
      return;
    }
    for (Partition partition : partitions) {
      poll(partition, now, Integer.MAX_VALUE);
    }
  }

  /** Reads some of a partition; whether there was any. */
  boolean poll(Partition partition, long now, int most) {
    List<Incoming> messages = kafka.from(partition, next.get(partition));
    for (Incoming message : messages.subList(0, Math.min(most, messages.size()))) {
      engine.take(message, now);
      next.put(partition, message.offset() + 1);
    }
    return !messages.isEmpty();
  }

  /** Looks how far it has come, and lets the clock close windows. */
  void tick(long now) {
    Map<Partition, Long> lag = new HashMap<>();
    partitions.forEach(partition -> lag.put(partition, kafka.end(partition) - next.get(partition)));
    engine.look(lag, now);
    engine.advance(now);
  }

  /** Judges what is due, as soon as the evaluator is there, and commits. */
  void commit(long now) throws InterruptedException {
    while (!judge()) {
      // it is asked again
    }
    outlet.commit(engine, now);
  }

  /** Judges what is due, and does not commit; whether the evaluator was there. */
  boolean judge() throws InterruptedException {
    try {
      engine.judge();
      return true;
    } catch (EvaluatorUnavailableException e) {
      return false;
    }
  }

  /** What was committed, by all engines that it had. */
  Summary summary() {
    return summaries.stream().reduce(engine.summary(), Summary::plus);
  }

  /** What was committed, by all members. */
  static Summary summary(List<Member> members) {
    return members.stream().map(Member::summary).reduce(Summary::plus).orElseThrow();
  }
}
