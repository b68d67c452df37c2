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
import qoa.core.sink.Sink;

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

  KafkaInMemory(List<Partition> sources, int rekeyedPartitions) {
    sources.forEach(source -> partitions.put(source, new ArrayList<>()));
    for (int partition = 0; partition < rekeyedPartitions; partition++) {
      rekeyed.add(new Partition(REKEYED, partition));
    }
    rekeyed.forEach(home -> partitions.put(home, new ArrayList<>()));
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

  /** A report arrives; nobody knows when. */
  void send(Partition source, String value) {
    send(source, 0, value);
  }

  /** A report arrives with a time of its record, in milliseconds since the epoch. */
  void send(Partition source, long timestamp, String value) {
    List<Incoming> partition = partitions.get(source);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    partition.add(new RawReport(source, partition.size(), timestamp, null, bytes, List.of()));
  }

  List<Incoming> from(Partition home, long offset) {
    List<Incoming> partition = partitions.get(home);
    return List.copyOf(partition.subList((int) offset, partition.size()));
  }

  long end(Partition home) {
    return partitions.get(home).size();
  }

  /** From where homes are read, as the consumer group knows it. */
  Map<Partition, ReadPosition> positions(Set<Partition> homes) {
    Map<Partition, ReadPosition> positions = new HashMap<>();
    homes.forEach(
        home -> positions.put(home, committed.getOrDefault(home, new ReadPosition(0, ""))));
    return positions;
  }

  List<Status> statuses(Set<Partition> homes) {
    return statuses.values().stream().filter(status -> homes.contains(status.partition())).toList();
  }

  Stores stores() {
    return new Stores(this::statuses, this::states);
  }

  private Map<StateKey, String> states(Set<Partition> homes) {
    Map<StateKey, String> found = new HashMap<>();
    states.forEach(
        (key, state) -> {
          if (homes.contains(key.home())) {
            found.put(key, state);
          }
        });
    return found;
  }

  /** A producer of its own. */
  Sink sink() {
    return new Transaction();
  }

  private final class Transaction implements Sink {

    private final List<Runnable> pending = new ArrayList<>();

    @Override
    public void event(Event event) {
      pending.add(() -> events.add(event));
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      pending.add(() -> deadLetters.add(letter));
    }

    @Override
    public void status(String key, Status status) {
      pending.add(
          () -> {
            if (status == null) {
              statuses.remove(key);
            } else {
              statuses.put(key, status);
            }
          });
    }

    @Override
    public void state(StateKey key, String state) {
      pending.add(
          () -> {
            if (state == null) {
              states.remove(key);
            } else {
              states.put(key, state);
            }
          });
    }

    /** It is read again under its original place, as {@code ingest.Rekeyed} has it. */
    @Override
    public Optional<String> forward(RawReport raw, String application) {
      Partition home = rekeyed.get(Math.floorMod(application.hashCode(), rekeyed.size()));
      pending.add(
          () ->
              partitions
                  .get(home)
                  .add(
                      new RawReport(
                          raw.source(),
                          raw.offset(),
                          raw.timestamp(),
                          application.getBytes(StandardCharsets.UTF_8),
                          raw.value(),
                          raw.headers(),
                          home,
                          end(home),
                          raw.isJudged())));
      return Optional.empty();
    }

    @Override
    public void handOver(String application, Partition from, String state) {
      Partition home = rekeyed.get(Math.floorMod(application.hashCode(), rekeyed.size()));
      pending.add(
          () -> partitions.get(home).add(new Handover(home, end(home), application, from, state)));
    }

    @Override
    public void mark(Map<Partition, Boolean> caughtUp) {
      Map<Partition, Boolean> word = Map.copyOf(caughtUp);
      rekeyed.forEach(
          home ->
              pending.add(
                  () -> partitions.get(home).add(new PartitionMark(home, end(home), word))));
    }

    @Override
    public void discard() {
      pending.clear();
    }

    @Override
    public boolean isEmpty() {
      return pending.isEmpty();
    }

    /** Whoever tells anything shows that it still has the homes that it speaks of. */
    @Override
    public void commit(Map<Partition, ReadPosition> positions) {
      assertThat(positions).as("what a zombie is told by").isNotEmpty();
      committing.run();
      pending.forEach(Runnable::run);
      pending.clear();
      committed.putAll(positions);
    }

    @Override
    public void close() {}
  }
}
