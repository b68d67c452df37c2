package qoa.systemtests.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses the partition of a message by its key, as Kafka's producers do. So a key moves when
 * partitions are added. If the reports of an application must stay on one partition, they do. Used
 * by one thread.
 */
final class Partitions {

  private final Traffic traffic;
  private final Random random;
  private final Map<String, Set<Integer>> used = new HashMap<>();
  private int count;

  Partitions(Traffic traffic, Random random) {
    this.traffic = traffic;
    this.random = random;
    this.count = traffic.partitions();
  }

  /** Sets the new number of partitions. */
  void grow(int partitions) {
    count = partitions;
  }

  int of(String application, String key) {
    return use(application, byKey(traffic.isRekeyed() ? key : application));
  }

  /** Any partition, for a message without a key. */
  int any(String application) {
    return traffic.isRekeyed()
        ? use(application, random.nextInt(count))
        : of(application, application);
  }

  private int byKey(String key) {
    return Math.floorMod(key.hashCode() * 0x9E3779B1, count);
  }

  private int use(String application, int partition) {
    used.computeIfAbsent(application, a -> new TreeSet<>()).add(partition);
    return partition;
  }

  /** The partitions with reports of an application. */
  Set<Integer> used(String application) {
    return Set.copyOf(used.getOrDefault(application, Set.of()));
  }
}
