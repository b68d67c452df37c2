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
import qoa.core.sink.RekeyedTopic;

/**
 * Applications that move from the partition that their reports come from to a partition of re-keyed
 * reports, because their topic grew. The engine that judged them writes their states before their
 * reports follow; the other engines wait for that. Used by the engine's one thread.
 */
final class Handovers {

  private final Stores stores;
  private final Map<Partition, Map<String, List<Status>>> statuses = new HashMap<>();

  /** Partitions that other engines read, and that may still be judged there. */
  private final Set<Partition> awaited;

  /**
   * @param awaited the partitions of reports that other engines read; empty where reports are not
   *     re-keyed
   */
  Handovers(Stores stores, Set<Partition> awaited) {
    this.stores = stores;
    this.awaited = new HashSet<>(awaited);
    look();
  }

  /**
   * Hands over the applications that were judged in a partition.
   *
   * @param states their states
   * @param statuses the statuses of their promises
   * @return whether there were any
   */
  static boolean handOver(
      RekeyedTopic topic, Partition partition, PartitionStates states, List<Status> statuses) {
    Map<String, String> applications = new TreeMap<>(states.all());
    statuses.forEach(status -> applications.putIfAbsent(status.application(), ""));
    if (applications.isEmpty()) {
      return false;
    }
    applications.forEach((application, state) -> topic.handOver(application, partition, state));
    return true;
  }

  /**
   * Whether an application may still be handed over by another engine. Its reports must not be
   * forwarded before its state.
   */
  boolean areAwaited() {
    return !awaited.isEmpty();
  }

  /** Checks which engines have handed over. */
  void look() {
    if (awaited.isEmpty()) {
      return;
    }
    Set<Partition> judging = new HashSet<>();
    stores.states().of(awaited).keySet().forEach(key -> judging.add(key.partition()));
    awaited.retainAll(judging);
  }

  /**
   * The statuses of an application that was handed over. They are given once: after a restart the
   * engine hands over again, and by then they are old.
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

  /** A handover as a message, for a dead letter. */
  static RawReport raw(Handover handover) {
    byte[] key = handover.application().getBytes(StandardCharsets.UTF_8);
    byte[] value = handover.state().getBytes(StandardCharsets.UTF_8);
    return new RawReport(handover.partition(), handover.offset(), 0, key, value, List.of());
  }
}
