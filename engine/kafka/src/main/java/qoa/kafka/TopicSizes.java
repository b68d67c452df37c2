package qoa.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import qoa.core.engine.Stores;
import qoa.core.model.Partition;
import qoa.core.model.StateKey;

/**
 * The number of partitions that topics had when their reports were last judged. It is part of the
 * state: if a topic has grown since, the reports of an application may be on another partition, and
 * its windows must not be split. Immutable.
 *
 * @param known the number of partitions, by the name of the topic
 */
public record TopicSizes(Map<String, Integer> known) {

  /** The partition number under which the state of a whole topic is stored. */
  private static final int OF_TOPIC = -1;

  public TopicSizes {
    known = Map.copyOf(known);
  }

  /** The sizes in the state. */
  public static TopicSizes of(Stores stores, TopicsConfig topics) {
    Set<Partition> asked = new HashSet<>();
    topics.reports().forEach(topic -> asked.add(new Partition(topic, OF_TOPIC)));
    asked.add(new Partition(topics.byApplication(), OF_TOPIC));
    Map<String, Integer> known = new HashMap<>();
    stores
        .states()
        .of(asked)
        .forEach((key, size) -> known.put(key.partition().topic(), Integer.valueOf(size)));
    return new TopicSizes(known);
  }

  /**
   * Whether the engine re-keys reports. With {@code auto}, it never stops doing so.
   *
   * @param now the current number of partitions of each topic of reports
   * @throws BrokerException if {@code topics.rekey} is {@code never}, and the reports of an
   *     application may be on another partition than those judged so far
   */
  public boolean rekeys(TopicsConfig topics, Map<String, Integer> now) {
    boolean wereRekeyed = known.containsKey(topics.byApplication());
    if (topics.rekey() != Rekey.NEVER) {
      int partitions = now.values().stream().mapToInt(Integer::intValue).sum();
      return topics.rekey().applies(partitions) || (topics.rekey() == Rekey.AUTO && wereRekeyed);
    }
    if (wereRekeyed) {
      throw BrokerException.lasting(
          ("topics.rekey is never, but reports were re-keyed through topic %s before, and open"
                  + " windows there would be lost. Set topics.rekey to auto. To start from scratch,"
                  + " set other topics for topics.state and topics.status, and another group.id")
              .formatted(topics.byApplication()));
    }
    new TreeMap<>(now)
        .forEach(
            (topic, partitions) -> {
              int before = known.getOrDefault(topic, partitions);
              if (before < partitions) {
                throw BrokerException.lasting(
                    ("topics.rekey is never, but topic %s has %d partitions and had %d when its"
                            + " reports were last judged, so reports of one application may be on"
                            + " two partitions. Set topics.rekey to auto: open windows and"
                            + " violations then move to the new partition")
                        .formatted(topic, partitions, before));
              }
            });
    return false;
  }

  /**
   * The number of partitions that re-keyed reports are distributed over. It is the number that the
   * topic had when re-keying began, so that no application moves when the topic grows.
   *
   * @param now the current number of partitions of the topic
   */
  public int rekeyedPartitions(TopicsConfig topics, int now) {
    return known.getOrDefault(topics.byApplication(), now);
  }

  /** Writes the sizes that are new or have changed. */
  public void write(Map<String, Integer> now, BiConsumer<StateKey, String> states) {
    now.forEach(
        (topic, partitions) -> {
          if (!partitions.equals(known.get(topic))) {
            states.accept(StateKey.of(new Partition(topic, OF_TOPIC)), String.valueOf(partitions));
          }
        });
  }
}
