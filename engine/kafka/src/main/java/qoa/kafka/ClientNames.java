package qoa.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * By which names Kafka knows a worker. They are the same after a restart where the operator gives
 * the engine a {@code group.instance.id}: then it has its partitions again at once, and whatever an
 * earlier one of the name left open is aborted. Several workers of an engine are told apart by
 * their number at the end.
 *
 * @param group {@code group.id}
 * @param instanceId {@code group.instance.id}; null for none
 * @param transactionalId {@code transactional.id}
 */
public record ClientNames(String group, String instanceId, String transactionalId) {

  private static final String INSTANCE = "group.instance.id";
  private static final long DEFAULT_MAX_POLL_MILLIS = 300_000;

  /** One for each worker. */
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

  /** The properties of this worker's consumer. */
  public Map<String, Object> consumer(KafkaConfig kafka) {
    Map<String, Object> properties = kafka.forConsumer();
    if (instanceId != null) {
      properties.put(INSTANCE, instanceId);
    }
    return properties;
  }

  /** After how many milliseconds without a poll this worker's consumer loses its partitions. */
  public long maxPollMillis(KafkaConfig kafka) {
    Object set = consumer(kafka).get("max.poll.interval.ms");
    return set == null ? DEFAULT_MAX_POLL_MILLIS : Long.parseLong(set.toString().trim());
  }
}
