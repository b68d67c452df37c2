package qoa.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The names of a worker in Kafka. If the operator sets {@code group.instance.id}, they are the same
 * after a restart: the worker then gets its partitions back at once, and the open transaction of
 * its predecessor is aborted. If an engine has several workers, the number of the worker is
 * appended.
 *
 * @param group {@code group.id}
 * @param instanceId {@code group.instance.id}; null for none
 * @param transactionalId {@code transactional.id}
 */
public record ClientNames(String group, String instanceId, String transactionalId) {

  private static final String INSTANCE = "group.instance.id";
  private static final long DEFAULT_MAX_POLL_MILLIS = 300_000;

  /** The names of each worker. */
  public static List<ClientNames> of(KafkaConfig kafka, int workers) {
    Map<String, Object> consumer = kafka.forConsumer();
    Object instance = consumer.get(INSTANCE);
    String group = group(kafka);
    Object transactional =
        kafka
            .forProducer()
            .getOrDefault(
                "transactional.id",
                group + "-" + (instance == null ? UUID.randomUUID() : instance));
    List<ClientNames> names = new ArrayList<>();
    for (int worker = 1; worker <= workers; worker++) {
      String suffix = workers == 1 ? "" : "-" + worker;
      names.add(
          new ClientNames(
              group, instance == null ? null : instance + suffix, transactional + suffix));
    }
    return names;
  }

  /** The consumer group. */
  public static String group(KafkaConfig kafka) {
    return String.valueOf(kafka.forConsumer().getOrDefault("group.id", KafkaSource.GROUP));
  }

  /** The properties of the consumer of this worker. */
  public Map<String, Object> consumer(KafkaConfig kafka) {
    Map<String, Object> properties = kafka.forConsumer();
    if (instanceId != null) {
      properties.put(INSTANCE, instanceId);
    }
    return properties;
  }

  /** How long the consumer may take between polls before it loses its partitions, in ms. */
  public long maxPollMillis(KafkaConfig kafka) {
    Object set = consumer(kafka).get("max.poll.interval.ms");
    return set == null ? DEFAULT_MAX_POLL_MILLIS : Long.parseLong(set.toString().trim());
  }
}
