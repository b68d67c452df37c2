package qoa.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import qoa.core.lifecycle.Status;
import qoa.core.model.Handover;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.sink.Sink;

/**
 * Applications that move from the partition that their reports come from to that of re-keyed
 * reports, because their topic grew. The engine that judged them writes what it knew before their
 * reports follow; the others wait until it has. Used by the engine's one thread.
 */
final class Handovers {

  private final Sink sink;
  private final Stores stores;
  private final Map<Partition, Map<String, List<Status>>> statuses = new HashMap<>();

  /** Sources that others read, and that may still be judged where they are read. */
  private final Set<Partition> awaited;

  /**
   * @param awaited where reports come from that other engines read; empty where none are re-keyed
   */
  Handovers(Sink sink, Stores stores, Set<Partition> awaited) {
    this.sink = sink;
    this.stores = stores;
    this.awaited = new HashSet<>(awaited);
    look();
  }

  /**
   * Hands over what was judged in a home.
   *
   * @param states of its applications; deleted
   * @param left the statuses of their promises
   * @return whether there was anything
   */
  boolean handOver(Partition home, PartitionStates states, List<Status> left) {
    Map<String, String> applications = new TreeMap<>(states.all());
    left.forEach(status -> applications.putIfAbsent(status.application(), ""));
    if (applications.isEmpty()) {
      return false;
    }
    applications.forEach((application, state) -> sink.handOver(application, home, state));
    states.clear(sink);
    return true;
  }

  /**
   * Whether an application may still be handed over by another engine. Its reports must not be
   * forwarded before: what is known of it comes first.
   */
  boolean areAwaited() {
    return !awaited.isEmpty();
  }

  /** Looks whether others have handed over. */
  void look() {
    if (awaited.isEmpty()) {
      return;
    }
    Set<Partition> judging = new HashSet<>();
    stores.states().of(awaited).keySet().forEach(key -> judging.add(key.home()));
    awaited.retainAll(judging);
  }

  /**
   * The statuses of an application that was handed over. They are given once: an engine that starts
   * again before they were taken over hands over again, and by then they are old.
   */
  List<Status> statuses(Handover handover) {
    List<Status> left =
        statuses
            .computeIfAbsent(
                handover.from(),
                from ->
                    stores.statuses().of(Set.of(from)).stream()
                        .collect(Collectors.groupingBy(Status::application)))
            .remove(handover.application());
    return left == null ? List.of() : left;
  }

  /** A message that was to hand over, as a dead letter holds it. */
  static RawReport raw(Handover handover) {
    byte[] key = handover.application().getBytes(StandardCharsets.UTF_8);
    byte[] value = handover.state().getBytes(StandardCharsets.UTF_8);
    return new RawReport(handover.home(), handover.homeOffset(), 0, key, value, List.of());
  }
}
