package qoa.service.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.read.LiveSource;
import qoa.core.read.RebalanceListener;

/** Reads one partition; what happens meanwhile is a script, one part a poll. */
final class ScriptedSource implements LiveSource {

  /** What happens during a poll. */
  interface Part {
    void play() throws InterruptedException;
  }

  final List<Long> timeouts = new ArrayList<>();
  final List<Boolean> pauses = new ArrayList<>();
  int rewinds;

  /** The source partitions after the topic grew; null before. */
  Set<Partition> grown;

  RebalanceListener listener;
  private final KafkaInMemory kafka;
  private final Partition partition;
  private final Deque<Part> script = new ArrayDeque<>();
  private Runnable atEnd;
  private long next;
  private boolean paused;

  ScriptedSource(KafkaInMemory kafka, Partition partition) {
    this.kafka = kafka;
    this.partition = partition;
  }

  /** Adds a part. */
  ScriptedSource then(Part part) {
    script.add(part);
    return this;
  }

  /** Adds a poll in which nothing happens. */
  ScriptedSource then() {
    return then(() -> {});
  }

  /** What is done when the script is over. */
  void atEnd(Runnable end) {
    atEnd = end;
  }

  @Override
  public void open(RebalanceListener told) {
    listener = told;
    paused = false;
    assign();
  }

  /** Its partition is given to it, and read from where it was committed. */
  void assign() {
    next = kafka.positions(Set.of(partition)).get(partition).offset();
    listener.assigned(kafka.positions(Set.of(partition)));
  }

  @Override
  public List<Incoming> poll(long timeoutMillis) {
    timeouts.add(timeoutMillis);
    if (script.isEmpty()) {
      atEnd.run();
      return List.of();
    }
    List<Incoming> batch = paused ? List.of() : kafka.from(partition, next);
    next += batch.size();
    try {
      script.remove().play();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return batch;
  }

  @Override
  public void rewind() {
    rewinds++;
    assign();
  }

  @Override
  public void pause(boolean pause) {
    paused = pause;
    pauses.add(pause);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public Set<Partition> sourcePartitions() {
    return Set.of(partition);
  }

  @Override
  public Set<Partition> sourcePartitionsNow() {
    return grown == null ? sourcePartitions() : grown;
  }

  @Override
  public Map<Partition, Long> lag() {
    Map<Partition, Long> lag = new HashMap<>();
    lag.put(partition, kafka.end(partition) - next);
    return lag;
  }

  @Override
  public Map<Partition, Long> lagNow() {
    return lag();
  }

  @Override
  public void close() {}
}
