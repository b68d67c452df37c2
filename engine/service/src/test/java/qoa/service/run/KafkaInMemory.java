package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import qoa.core.engine.Stores;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Status;
import qoa.core.model.DeadLetter;
import qoa.core.model.Handover;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.PartitionMark;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.StateKey;
import qoa.core.sink.Decision;
import qoa.core.sink.LiveSink;
import qoa.core.sink.Progress;
import qoa.core.sink.RekeyedTopic;

/** Partitions that are read, and what was committed: all of a transaction, or nothing of it. */
final class KafkaInMemory {

  static final String REKEYED = "reports-by-application";

  final List<Event> events = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  final Map<String, Status> statuses = new TreeMap<>();
  final Map<StateKey, String> states = new HashMap<>();
  final Map<Partition, ReadPosition> committed = new HashMap<>();

  /** Runs when a commit begins. */
  Runnable committing = () -> {};

  private final Map<Partition, List<Incoming>> partitions = new HashMap<>();
  private final List<Partition> rekeyed = new ArrayList<>();

  KafkaInMemory(List<Partition> sourcePartitions, int rekeyedPartitions) {
    sourcePartitions.forEach(source -> partitions.put(source, new ArrayList<>()));
    for (int partition = 0; partition < rekeyedPartitions; partition++) {
      rekeyed.add(new Partition(REKEYED, partition));
    }
    rekeyed.forEach(partition -> partitions.put(partition, new ArrayList<>()));
  }

  /** As if nothing had ever been sent. */
  void clear() {
    partitions.values().forEach(List::clear);
    events.clear();
    deadLetters.clear();
    statuses.clear();
    states.clear();
    committed.clear();
  }

  List<Partition> rekeyed() {
    return rekeyed;
  }

  /** A report arrives, without a timestamp. */
  void send(Partition to, String value) {
    send(to, 0, value);
  }

  /** A report arrives with a time of its record, in milliseconds since the epoch. */
  void send(Partition to, long timestamp, String value) {
    List<Incoming> messages = partitions.get(to);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    messages.add(new RawReport(to, messages.size(), timestamp, null, bytes, List.of()));
  }

  List<Incoming> from(Partition partition, long offset) {
    List<Incoming> messages = partitions.get(partition);
    return List.copyOf(messages.subList((int) offset, messages.size()));
  }

  long end(Partition partition) {
    return partitions.get(partition).size();
  }

  /** The committed positions of the consumer group. */
  Map<Partition, ReadPosition> positions(Set<Partition> wanted) {
    Map<Partition, ReadPosition> positions = new HashMap<>();
    wanted.forEach(
        partition ->
            positions.put(partition, committed.getOrDefault(partition, new ReadPosition(0, ""))));
    return positions;
  }

  List<Status> statuses(Set<Partition> wanted) {
    return statuses.values().stream()
        .filter(status -> wanted.contains(status.partition()))
        .toList();
  }

  Stores stores() {
    return new Stores(this::statuses, this::states);
  }

  private Map<StateKey, String> states(Set<Partition> wanted) {
    Map<StateKey, String> found = new HashMap<>();
    states.forEach(
        (key, state) -> {
          if (wanted.contains(key.partition())) {
            found.put(key, state);
          }
        });
    return found;
  }

  /** A producer of its own. */
  Producer producer() {
    return new Producer();
  }

  /** Collects a transaction; what it forwards is a part of it. */
  final class Producer implements LiveSink, RekeyedTopic {

    private final List<Runnable> pending = new ArrayList<>();

    @Override
    public void decision(Decision decision) {
      changes(decision.changes());
    }

    @Override
    public void changes(Changes changes) {
      changes.events().forEach(event -> pending.add(() -> events.add(event)));
      changes.statuses().forEach((key, status) -> pending.add(() -> put(statuses, key, status)));
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      pending.add(() -> deadLetters.add(deadLetter));
    }

    /** Takes a state that is no engine's. */
    void state(StateKey key, String state) {
      pending.add(() -> put(states, key, state));
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
      if (value == null) {
        map.remove(key);
      } else {
        map.put(key, value);
      }
    }

    @Override
    public String name() {
      return REKEYED;
    }

    /** It is read again under its original position, as {@code qoa.kafka.Rekeyed} has it. */
    @Override
    public Optional<String> forward(RawReport raw, String application) {
      Partition partition = partition(application);
      pending.add(
          () ->
              partitions
                  .get(partition)
                  .add(
                      new RawReport(
                          raw.sourcePartition(),
                          raw.sourceOffset(),
                          raw.timestamp(),
                          application.getBytes(StandardCharsets.UTF_8),
                          raw.value(),
                          raw.headers(),
                          partition,
                          end(partition),
                          raw.isJudged())));
      return Optional.empty();
    }

    @Override
    public void handOver(String application, Partition from, String state) {
      Partition partition = partition(application);
      pending.add(
          () ->
              partitions
                  .get(partition)
                  .add(new Handover(partition, end(partition), application, from, state)));
    }

    private Partition partition(String application) {
      return rekeyed.get(Math.floorMod(application.hashCode(), rekeyed.size()));
    }

    @Override
    public void mark(Map<Partition, Boolean> caughtUp) {
      Map<Partition, Boolean> mark = Map.copyOf(caughtUp);
      rekeyed.forEach(
          partition ->
              pending.add(
                  () ->
                      partitions
                          .get(partition)
                          .add(new PartitionMark(partition, end(partition), mark))));
    }

    @Override
    public void discard() {
      pending.clear();
    }

    @Override
    public boolean isEmpty() {
      return pending.isEmpty();
    }

    @Override
    public boolean isFull() {
      return false;
    }

    /** A commit without positions could not tell a zombie from the member that has them. */
    @Override
    public void commit(Progress progress) {
      assertThat(progress.positions()).as("positions by which a zombie is fenced").isNotEmpty();
      committing.run();
      pending.forEach(Runnable::run);
      pending.clear();
      progress.states().forEach((key, state) -> put(states, key, state));
      committed.putAll(progress.positions());
    }

    @Override
    public void close() {}
  }
}
