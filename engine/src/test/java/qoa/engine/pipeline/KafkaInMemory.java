package qoa.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import qoa.engine.emit.Event;
import qoa.engine.emit.Sink;
import qoa.engine.emit.Status;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.Handover;
import qoa.engine.model.Incoming;
import qoa.engine.model.RawReport;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;
import qoa.engine.model.SourceMark;
import qoa.engine.model.StateKey;

/** Partitions that are read, and what was committed: all of a transaction, or nothing of it. */
final class KafkaInMemory {

  static final String REKEYED = "reports-by-application";

  final List<Event> events = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  final Map<String, Status> statuses = new TreeMap<>();
  final Map<StateKey, String> states = new HashMap<>();
  final Map<Source, ReadPosition> committed = new HashMap<>();

  /** Runs when a commit begins. */
  Runnable committing = () -> {};

  private final Map<Source, List<Incoming>> partitions = new HashMap<>();
  private final List<Source> rekeyed = new ArrayList<>();

  KafkaInMemory(List<Source> sources, int rekeyedPartitions) {
    sources.forEach(source -> partitions.put(source, new ArrayList<>()));
    for (int partition = 0; partition < rekeyedPartitions; partition++) {
      rekeyed.add(new Source(REKEYED, partition));
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

  List<Source> rekeyed() {
    return rekeyed;
  }

  /** A report arrives; nobody knows when. */
  void send(Source source, String value) {
    send(source, 0, value);
  }

  /** A report arrives with a time of its record, in milliseconds since the epoch. */
  void send(Source source, long timestamp, String value) {
    List<Incoming> partition = partitions.get(source);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    partition.add(new RawReport(source, partition.size(), timestamp, null, bytes, List.of()));
  }

  List<Incoming> from(Source home, long offset) {
    List<Incoming> partition = partitions.get(home);
    return List.copyOf(partition.subList((int) offset, partition.size()));
  }

  long end(Source home) {
    return partitions.get(home).size();
  }

  /** From where homes are read, as the consumer group knows it. */
  Map<Source, ReadPosition> positions(Set<Source> homes) {
    Map<Source, ReadPosition> positions = new HashMap<>();
    homes.forEach(
        home -> positions.put(home, committed.getOrDefault(home, new ReadPosition(0, ""))));
    return positions;
  }

  List<Status> statuses(Set<Source> homes) {
    return statuses.values().stream().filter(status -> homes.contains(status.home())).toList();
  }

  Stores stores() {
    return new Stores(this::statuses, this::states);
  }

  private Map<StateKey, String> states(Set<Source> homes) {
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
      Source home = rekeyed.get(Math.floorMod(application.hashCode(), rekeyed.size()));
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
    public void handOver(String application, Source from, String state) {
      Source home = rekeyed.get(Math.floorMod(application.hashCode(), rekeyed.size()));
      pending.add(
          () -> partitions.get(home).add(new Handover(home, end(home), application, from, state)));
    }

    @Override
    public void mark(Map<Source, Boolean> caughtUp) {
      Map<Source, Boolean> word = Map.copyOf(caughtUp);
      rekeyed.forEach(
          home ->
              pending.add(() -> partitions.get(home).add(new SourceMark(home, end(home), word))));
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
    public void commit(Map<Source, ReadPosition> positions) {
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
