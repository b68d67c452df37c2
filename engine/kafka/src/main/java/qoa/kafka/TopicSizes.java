package qoa.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import qoa.core.engine.Stores;
import qoa.core.model.Partition;
import qoa.core.model.StateKey;
import qoa.core.sink.Sink;

/**
 * How many partitions topics had when their reports were judged last. It is state like that of
 * applications: where a topic has grown since, an application's reports may be in another
 * partition, and what was judged so far must not be split. Immutable.
 *
 * @param known how many partitions a topic had, by its name
 */
public record TopicSizes(Map<String, Integer> known) {

  /** The partition under which a topic's own state is kept. */
  private static final int OF_TOPIC = -1;

  public TopicSizes {
    known = Map.copyOf(known);
  }

  /** What was left. */
  public static TopicSizes of(Stores stores, TopicsConfig topics) {
    Set<Partition> asked = new HashSet<>();
    topics.reports().forEach(topic -> asked.add(new Partition(topic, OF_TOPIC)));
    asked.add(new Partition(topics.byApplication(), OF_TOPIC));
    Map<String, Integer> known = new HashMap<>();
    stores
        .states()
        .of(asked)
        .forEach((key, size) -> known.put(key.home().topic(), Integer.valueOf(size)));
    return new TopicSizes(known);
  }

  /**
   * Whether reports are re-keyed. Once they were, {@code auto} stays with it.
   *
   * @param now how many partitions each topic of reports has
   * @throws BrokerException where they must not be, and an application's reports may be in another
   *     partition than those judged so far
   */
  public boolean rekeys(TopicsConfig topics, Map<String, Integer> now) {
    boolean wereRekeyed = known.containsKey(topics.byApplication());
    if (topics.rekey() != Rekey.NEVER) {
      int partitions = now.values().stream().mapToInt(Integer::intValue).sum();
      return topics.rekey().applies(partitions) || (topics.rekey() == Rekey.AUTO && wereRekeyed);
    }
    if (wereRekeyed) {
      throw BrokerException.lasting(
          ("reports were re-keyed by way of topic %s, and what was judged there would be lost: set"
                  + " topics.rekey to auto; to begin anew, name other topics for topics.state and"
                  + " topics.status, and another group.id")
              .formatted(topics.byApplication()));
    }
    new TreeMap<>(now)
        .forEach(
            (topic, partitions) -> {
              int before = known.getOrDefault(topic, partitions);
              if (before < partitions) {
                throw BrokerException.lasting(
                    ("topic %s has %d partitions and had %d when its reports were judged last, so"
                            + " reports of one application may be in two partitions: set"
                            + " topics.rekey to auto, then windows and violations that are open"
                            + " move along")
                        .formatted(topic, partitions, before));
              }
            });
    return false;
  }

  /**
   * How many partitions re-keyed reports go to: as many as the topic had when that began, or an
   * application would move when the topic grows.
   *
   * @param now how many it has
   */
  public int homes(TopicsConfig topics, int now) {
    return known.getOrDefault(topics.byApplication(), now);
  }

  /** Writes what was not known, or is another by now. */
  public void write(Map<String, Integer> now, Sink sink) {
    now.forEach(
        (topic, partitions) -> {
          if (!partitions.equals(known.get(topic))) {
            sink.state(StateKey.of(new Partition(topic, OF_TOPIC)), String.valueOf(partitions));
          }
        });
  }
}
