package qoa.engine.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Kafka client properties by Kafka's own names. They are handed through: Kafka checks their values,
 * and {@link KafkaNames} the names in {@code engine.yaml}.
 *
 * @param common for consumer, producer and admin client
 * @param consumer over {@code common}, for the consumer
 * @param producer over {@code common}, for the producer
 */
public record KafkaConfig(
    Map<String, String> common, Map<String, String> consumer, Map<String, String> producer) {

  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** Exactly-once rests on these, so they are the engine's own. */
  private static final Set<String> RESERVED =
      Set.of(
          "enable.auto.commit",
          "key.deserializer",
          "value.deserializer",
          "key.serializer",
          "value.serializer");

  public KafkaConfig {
    Checks checks = new Checks();
    reject(checks, "kafka", common);
    reject(checks, "consumer", consumer);
    reject(checks, "producer", producer);
    checks.done();
    Map<String, String> withServers = new HashMap<>(common);
    withServers.putIfAbsent(BOOTSTRAP_SERVERS, "localhost:9092");
    common = Map.copyOf(withServers);
    consumer = Map.copyOf(consumer);
    producer = Map.copyOf(producer);
  }

  /** A broker on this machine. */
  public static KafkaConfig defaults() {
    return new KafkaConfig(Map.of(), Map.of(), Map.of());
  }

  /** Where the brokers are: {@code HOST:PORT}, several with commas between. */
  public String bootstrapServers() {
    return common.get(BOOTSTRAP_SERVERS);
  }

  /** The same, with brokers elsewhere. */
  public KafkaConfig withBootstrapServers(String servers) {
    Map<String, String> elsewhere = new HashMap<>(common);
    elsewhere.put(BOOTSTRAP_SERVERS, servers);
    return new KafkaConfig(elsewhere, consumer, producer);
  }

  /** All properties of the consumer; the caller's own copy. */
  public Map<String, Object> forConsumer() {
    return merged(consumer);
  }

  /** All properties of the producer; the caller's own copy. */
  public Map<String, Object> forProducer() {
    return merged(producer);
  }

  /** All properties of the admin client; the caller's own copy. */
  public Map<String, Object> forAdmin() {
    return merged(Map.of());
  }

  private Map<String, Object> merged(Map<String, String> over) {
    Map<String, Object> merged = new HashMap<>(common);
    merged.putAll(over);
    return merged;
  }

  private static void reject(Checks checks, String section, Map<String, String> properties) {
    for (String key : RESERVED) {
      checks.that(
          section + "/" + key,
          !properties.containsKey(key),
          "no such key here: the engine sets it itself, leave it out");
    }
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[common=%s, consumer=%s, producer=%s]"
        .formatted(
            SecretKeys.hidden(common), SecretKeys.hidden(consumer), SecretKeys.hidden(producer));
  }
}
